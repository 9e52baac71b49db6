import { fail, type Result } from '../../miniprogram/contract/result';
import { BATCH_LIFE } from '../shared/domain/batch';
import { roleAt, type ActingPerson } from '../shared/domain/scope';
import type { WritingCall } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { batches, type Batch } from '../shared/store/batches';

export type BatchChanges = Partial<Omit<Batch, 'id' | 'version' | 'status' | 'history'>>;

type BatchCommand = 'submit' | 'review' | 'approve' | 'return' | 'pay';

/**
 * One step in the life of a batch: checks whose it is and its state, then whatever else the step needs.
 * @param check what must hold beside the state, and what the step writes; it reads after the batch was read.
 */
export async function stepBatch(
  command: BatchCommand,
  call: WritingCall<{ batchId: Batch['id']; reason?: string }>,
  document: Batch | undefined,
  check: (batch: Batch, by: ActingPerson) => Result<BatchChanges> | Promise<Result<BatchChanges>>,
): Promise<Result<Batch>> {
  const by = document && roleAt(call.actor, document);
  if (!document || !by) return fail('batch_not_found');
  const { reason } = call.input;
  return takeStep(batches, BATCH_LIFE, {
    command,
    found: { document, by },
    call,
    ...(reason !== undefined && { reason }),
    guard: batch => check(batch, by),
  });
}

/** The batch that such an operation names. */
export const loadBatch = ({ batchId }: { batchId: Batch['id'] }): Promise<Batch | undefined> =>
  batches.find(batchId);
