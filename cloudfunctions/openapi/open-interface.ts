import type { GenericSchema } from 'valibot';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { Result } from '../../miniprogram/contract/result';
import type { ApiClientKind, OpenInterface } from '../../miniprogram/contract/open-interfaces';
import type { RequestOfCall } from '../shared/runtime/operation';
import type { ApiClient } from '../shared/store/api-clients';

/** All that an interface which changes nothing may know. */
export interface OpenCall<Input> {
  input: Input;
  /** Who asks: its city and institution bound what there is for it. */
  client: ApiClient;
  nowMs: number;
  deadlineMs: number;
}

/** What one that changes something knows beside: the request behind it, the same for every repetition. */
export interface WritingOpenCall<Input> extends OpenCall<Input> {
  request: RequestOfCall;
}

/** A row of the table of interfaces, which the document tells as well. */
interface Facts {
  name: OpenInterface;
  /** As Annex 2 calls it. */
  title: string;
  /** What it does, what it does not, and what a repetition gets: Chinese, for who writes a client. */
  description: string;
  kinds: readonly ApiClientKind[];
  /** Whose right is used: nobody's but the client's own, or that of a person whom the request names. */
  actingPerson: 'none' | 'administrator' | 'clerk';
  /** What it changes, from which states into which. Reading interfaces leave it out. */
  moves?: { of: 'voucher' | 'batch'; from: readonly string[]; to: readonly string[] };
  /** Where the same request is recognised. */
  idempotentBy: 'reading' | 'stored answer' | 'history';
  /** The list in the input that may have so many rows. */
  rows?: { field: string; max: number };
  bodyBytesMax: number;
  /** Most requests to the database, for as many rows as it takes, the client known already. */
  requestsMax: number;
  /** Looks for a person by an ID number: limited by itself, against guessing. */
  isLookUp?: true;
  successStatus: 200 | 202;
  /** Refusals of the whole request, beyond those that all interfaces share. */
  errors: readonly ErrorCode[];
  /** Refusals of single rows. */
  rowErrors: readonly ErrorCode[];
}

interface ReadingParts<Input, Output, Loaded> extends Facts {
  writes: false;
  input: GenericSchema<unknown, Input>;
  output: GenericSchema<Output>;
  /** Read beside the write that takes up the call. Nothing of it is answered before the checks. */
  load?(input: Input, client: ApiClient): Promise<Loaded>;
  run(call: OpenCall<Input>, loaded: Loaded): Promise<Result<Output>>;
}

interface WritingParts<Input, Output> extends Facts {
  writes: true;
  input: GenericSchema<unknown, Input>;
  output: GenericSchema<Output>;
  run(call: WritingOpenCall<Input>): Promise<Result<Output>>;
}

/** An interface as the frame knows it: what it takes and answers is between its schema and itself. */
export interface AnyOpenInterface extends Facts {
  writes: boolean;
  input: GenericSchema;
  output: GenericSchema;
  load?(input: never, client: ApiClient): Promise<unknown>;
  run(call: never, loaded: never): Promise<Result<unknown>>;
}

export const readingInterface = <Input, Output, Loaded = undefined>(
  parts: ReadingParts<Input, Output, Loaded>,
): ReadingParts<Input, Output, Loaded> => parts;

export const writingInterface = <Input, Output>(
  parts: WritingParts<Input, Output>,
): WritingParts<Input, Output> => parts;

/** Refusals that every interface may give. */
export const SHARED_ERRORS = [
  'method_not_allowed',
  'body_too_large',
  'content_encoding_unsupported',
  'content_type_unsupported',
  'json_invalid',
  'json_key_repeated',
  'signature_missing',
  'signature_invalid',
  'request_time_out_of_range',
  'client_revoked',
  'nonce_replayed',
  'rate_limited',
  'scope_missing',
  'invalid_input',
  'write_conflict',
  'service_busy',
  'internal',
] as const satisfies readonly ErrorCode[];

/** Of those that change something. */
export const WRITING_ERRORS = [
  'idempotency_key_missing',
  'idempotency_key_reused',
] as const satisfies readonly ErrorCode[];

/** All that an interface may answer instead of its result. */
export const errorsOf = ({ writes, rows, errors }: AnyOpenInterface): ErrorCode[] => [
  ...SHARED_ERRORS,
  ...(rows ? (['rows_too_many'] as const) : []),
  ...(writes ? WRITING_ERRORS : []),
  ...errors,
];

/** Rows of one request. */
export const ROWS_MAX = 1_000;

/**
 * Largest body of any interface: the platform's pages name 100 KB for the text of a request and 6 MB for all of an event; the
 * smaller counts.
 */
export const BODY_BYTES_MAX = 100_000;
/** Of those that take a few fields. */
export const SMALL_BODY_BYTES_MAX = 8_000;
