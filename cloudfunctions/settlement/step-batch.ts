import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { BATCH_LIFE, returnerOf } from '../shared/domain/batch';
import { roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import { checkOtherPerson } from '../shared/domain/separation';
import { checkInstitutionNotOwn } from '../shared/people/own-institution';
import type { WritingCall } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { batches, type Batch } from '../shared/store/batches';

export type BatchChanges = Partial<Omit<Batch, 'id' | 'version' | 'status' | 'history'>>;

type BatchCommand = 'submit' | Decision;
type Decision = 'review' | 'approve' | 'pay' | 'return';

/**
 * One step in the life of a batch: checks whose it is and its state, who may decide, then whatever else the step needs.
 * @param check what must hold beside the state, and what the step writes; it reads after the batch was read.
 */
export async function stepBatch(
  command: BatchCommand,
  call: WritingCall<{ batchId: Batch['id']; reason?: string }>,
  document: Batch | undefined,
  check: (batch: Batch, by: ActingPerson) => Result<BatchChanges> | Promise<Result<BatchChanges>>,
): Promise<Result<Batch>> {
  if (!document || !roleAt(call.actor, document)) return fail('batch_not_found');
  const found = actingIn(command, document, call.actor);
  if (!found.ok) return found;
  const by = found.data;
  const { reason } = call.input;
  return takeStep(batches, BATCH_LIFE, {
    command,
    found: { document, by },
    call,
    ...(reason !== undefined && { reason }),
    guard: async batch => {
      const apart = command === 'submit' ? ok(undefined) : await checkDecider(batch, command, by);
      return apart.ok ? check(batch, by) : apart;
    },
  });
}

/** The role in which this person takes the step: to send a batch back is now the reviewers', now the payer's. */
function actingIn(command: BatchCommand, batch: Batch, actor: Actor): Result<ActingPerson> {
  if (command === 'return' && BATCH_LIFE.allows(command, batch.status)) return returnerOf(batch, actor);
  const by = roleAt(actor, batch);
  return by ? ok(by) : fail('batch_not_found');
}

/** Judged on the batch as it is written: it may have changed hands since it was read. */
async function checkDecider(
  batch: Batch,
  command: Decision,
  { role, personKey }: ActingPerson,
): Promise<Result<undefined>> {
  const isWithPayer = BATCH_LIFE.allows('pay', batch.status);
  if (isWithPayer !== (role === 'payer')) return fail('batch_not_returnable', { status: batch.status });
  const decision = isWithPayer && command === 'return' ? 'recall' : command;
  const apart = checkOtherPerson(batch, decision, personKey);
  return apart.ok ? checkInstitutionNotOwn(batch, personKey) : apart;
}

/** The batch that such an operation names. */
export const loadBatch = ({ batchId }: { batchId: Batch['id'] }): Promise<Batch | undefined> =>
  batches.find(batchId);
