import type { GenericSchema } from 'valibot';
import type { InputOf, OperationName, OutputOf } from '../../../miniprogram/contract/operations';
import type { Result } from '../../../miniprogram/contract/result';
import type { Actor } from '../domain/scope';

/** The request behind a writing call. For a reading call `id` is empty. */
export interface RequestOfCall {
  id: string;
  /** When the account saw this id first: the same for every repetition. */
  firstAtMs: number;
  /** Unguessable and the same for every repetition: what new documents derive their id from. */
  key: string;
  /** Keyed to operation and input, as the account remembers it. */
  inputHash: string;
}

/** All that an operation may know. */
export interface Call<Input> {
  input: Input;
  /** The signed-in person with the grants that the operation admits. For 'anyone' operations: see `openid` only. */
  actor: Actor;
  openid: string;
  nowMs: number;
  request: RequestOfCall;
  /** Stop long work before this time, so that the answer still gets out. */
  deadlineMs: number;
}

/** parse (schema) → authorise (roles of the contract, then scope) → load → decide → save → view. */
export interface Operation<Name extends OperationName> {
  input: GenericSchema<unknown, InputOf<Name>>;
  /** The history of what it changes gives the first answer again, so no copy of the answer is kept. */
  repeatsFromHistory?: boolean;
  run(call: Call<InputOf<Name>>): Promise<Result<OutputOf<Name>>>;
}

/** Ties schema and answer of one operation to the contract. */
export const operation = <Name extends OperationName>(
  _name: Name,
  definition: Operation<Name>,
): Operation<Name> => definition;
