import { ok, type Result } from '../../../miniprogram/contract/result';
import type { ActingPerson } from '../domain/scope';
import type { CommandOf, Lifecycle, Living, Move } from '../domain/lifecycle';
import type { CollectionName } from '../store/collections';
import type { DocumentCollection } from '../store/document-collection';
import { changeDocument, type WithHistory } from './change-document';
import type { RequestOfCall } from './operation';

type Fields<T> = Partial<Omit<T, 'id' | 'version' | 'status' | 'history'>>;

/** A document in somebody's hands: found, and theirs to handle in this role. */
export interface Found<T> {
  document: T;
  by: ActingPerson;
}

interface StepOrder<T, Command> {
  command: Command;
  found: Found<T>;
  call: { nowMs: number; request: RequestOfCall };
  reason?: string;
  /** What must hold beside the state, and what the step writes beside it; it reads after the document was read. */
  guard?: (document: T) => Result<Fields<T>> | Promise<Result<Fields<T>>>;
}

/**
 * Takes one step in the life of a document: state → guard → conditional write that carries its history entry.
 * @returns the document as it now is; the refusal of its state or guard; or write_conflict.
 */
export const takeStep = <
  Status extends string,
  Moves extends Readonly<Record<string, Move<Status>>>,
  T extends WithHistory & Living<Status, unknown>,
  Name extends CollectionName,
>(
  collection: DocumentCollection<T, Name>,
  life: Lifecycle<Status, Moves>,
  { command, found, call, reason, guard = () => ok({}) }: StepOrder<T, CommandOf<Moves>>,
): Promise<Result<T>> =>
  changeDocument(collection, found.document, call.request.id, async document => {
    const allowed = life.check(command, document.status);
    if (!allowed.ok) return allowed;
    const fields = await guard(document);
    if (!fields.ok) return fields;
    const context = { by: found.by, nowMs: call.nowMs, requestId: call.request.id };
    const moved = life.move(command, document, { ...context, ...(reason !== undefined && { reason }) });
    if (!moved.ok) return moved;
    // The life is that of T: its states and its history are T's.
    return ok({ ...fields.data, ...moved.data } as Partial<Omit<T, 'id' | 'version'>>);
  });
