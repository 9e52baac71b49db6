import type { StepActor } from '../domain/actor';

export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** One line in the history of a record without a life of its own: who changed what, when. */
export interface ChangeStep {
  command: 'add' | 'set';
  atMs: number;
  by: StepActor;
  requestId: string;
  changes: FieldChange[];
  /** Of a change that somebody has to give a reason for. */
  reason?: string;
}

/** What the given values change on the record; values that are there already change nothing. */
export const fieldChanges = (before: object, given: object): FieldChange[] =>
  Object.entries(given)
    .map(([field, to]) => ({ field, from: Reflect.get(before, field) as unknown, to: to as unknown }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
