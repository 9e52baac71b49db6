/** The protocol of `POST /admin`, as far as every part of the local cloud shares it. */

/** The body of a request: which action, and the fields that the action reads. Nothing about them is guaranteed. */
export type AdminParams = Readonly<Record<string, unknown>> & { readonly action: string };

/** What a handler knows about the call besides its parameters. */
export interface AdminCall {
  readonly requestId: string;
  /** Size of the request body. */
  readonly requestBytes: number;
}

/** The fields of a successful answer; `requestId` is added by the server. */
export type AdminReply = Record<string, unknown>;

export type ActionHandler = (params: AdminParams, call: AdminCall) => Promise<AdminReply> | AdminReply;

/** Handlers by action name, e.g. `database.getDocument`. */
export type ActionHandlers = Record<string, ActionHandler>;

/** A refusal that reaches the SDK as `{code, message, requestId}`. */
export class AdminError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Thrown by a handler to have no answer sent, as an outage would: the connection is cut at once, or in the middle of the
 * answer, or stays open for as long as the client waits.
 */
export class AnswerDropped extends Error {
  constructor(readonly how: 'cut' | 'cut_in_the_middle' | 'left_hanging') {
    super(how);
  }
}

/** One index of a collection. A unique index counts a missing field as null unless it is sparse. */
export interface IndexDefinition {
  readonly name: string;
  readonly keys: readonly (readonly [path: string, direction: 1 | -1])[];
  readonly unique?: boolean;
  /** MongoDB's meaning: documents with none of the keys are left out; an explicit null is a key. */
  readonly sparse?: boolean;
}

/** A collection with the complete list of its indexes, `_id` aside. */
export interface CollectionDefinition {
  readonly name: string;
  readonly indexes: readonly IndexDefinition[];
}

/** Faults to inject into `database.*` actions. Counts are used up one by one; rates are probabilities from 0 to 1. */
export interface Faults {
  /** Delays every matching action, milliseconds. */
  readonly delayMs?: number;
  /** The next n operations inside transactions fail with DATABASE_TRANSACTION_CONFLICT. */
  readonly conflictNext?: number;
  readonly conflictRate?: number;
  /** The next n actions fail with SYS_ERR before they have any effect. */
  readonly failNext?: number;
  readonly failRate?: number;
  /** The next n actions take effect, but the connection is cut without an answer. */
  readonly dropAnswerNext?: number;
  readonly dropAnswerRate?: number;
  /** The next n actions take effect, but the connection is cut in the middle of the answer. */
  readonly cutAnswerNext?: number;
  readonly cutAnswerRate?: number;
  /** The next n actions are taken in and have neither an effect nor an answer; the connection stays open. */
  readonly hangNext?: number;
  readonly hangRate?: number;
  /** Only actions on this collection. */
  readonly collection?: string;
  /** Only this action, e.g. `database.modifyDocument`. */
  readonly action?: string;
}
