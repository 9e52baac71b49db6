import type { GenericSchema } from 'valibot';
import type { InputOf, OperationName, OutputOf, WritingName } from '../../../miniprogram/contract/operations';
import type { Result } from '../../../miniprogram/contract/result';
import type { Actor } from '../domain/scope';
import type { JoinedRead } from '../store/joined-read';

/** The request behind a writing call. */
export interface RequestOfCall {
  id: string;
  /** When the account saw this id first: the same for every repetition. */
  firstAtMs: number;
  /** Unguessable and the same for every repetition: what new documents derive their id from. */
  key: string;
  /** Keyed to operation and input, as the account remembers it. */
  inputHash: string;
}

/** All that a reading operation may know. */
export interface ReadingCall<Input> {
  input: Input;
  /** The signed-in person with the grants that the operation admits. For 'anyone' operations: see `openid` only. */
  actor: Actor;
  openid: string;
  nowMs: number;
  /** Stop long work before this time, so that the answer still gets out. */
  deadlineMs: number;
}

/** What an operation that changes something knows beside. */
export interface WritingCall<Input> extends ReadingCall<Input> {
  request: RequestOfCall;
}

export type CallOf<Name extends OperationName> = Name extends WritingName
  ? WritingCall<InputOf<Name>>
  : ReadingCall<InputOf<Name>>;

/** parse (schema) → authorise (roles of the contract, then scope) → load → decide → save → view. */
export interface OperationParts<Name extends OperationName, Loaded> {
  input: GenericSchema<unknown, InputOf<Name>>;
  /**
   * What costs no trip of its own. One document that the input names by a key is read beside the account, before it is
   * known who asks: never a list, and nothing of it is answered before the checks. A joined read may be a list: it is
   * done in the account's own request, for who is signed in.
   */
  load?(input: InputOf<Name>): Promise<Loaded> | JoinedRead<Loaded>;
  /** The history of what it changes gives the first answer again, so no copy of the answer is kept. */
  repeatsFromHistory?: boolean;
  run(call: CallOf<Name>, loaded: Loaded): Promise<Result<OutputOf<Name>>>;
  /** Follows a success once its answer is kept, and every repetition of it; so it must be harmless twice. */
  afterwards?(call: CallOf<Name>): Promise<void>;
}

export interface Operation<Name extends OperationName, Loaded> extends OperationParts<Name, Loaded> {
  name: Name;
}

/** Ties schema and answer of one operation to the contract. */
export const operation = <Name extends OperationName, Loaded = undefined>(
  name: Name,
  parts: OperationParts<Name, Loaded>,
): Operation<Name, Loaded> => ({ name, ...parts });
