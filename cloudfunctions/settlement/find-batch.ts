import type { BatchCommand } from '../../miniprogram/contract/settlement';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { moveBatch } from '../shared/domain/batch-status';
import { actingFor, type Actor } from '../shared/domain/scope';
import type { StepActor } from '../shared/domain/voucher';
import { changeDocument } from '../shared/runtime/change-document';
import type { Call } from '../shared/runtime/operation';
import { batches, type Batch } from '../shared/store/batches';
import { jobs } from '../shared/store/jobs';
import { totalsOfBatch } from '../shared/store/vouchers';

export interface FoundBatch {
  batch: Batch;
  by: StepActor;
}

/** A batch that this person may handle, and in which role. */
export async function findBatch(batchId: string, actor: Actor): Promise<FoundBatch | undefined> {
  const batch = await batches.find(batchId);
  const by = batch && actingFor(actor, batch);
  return batch && by && { batch, by };
}

export type BatchChanges = Partial<Omit<Batch, 'id' | 'version'>>;

/**
 * One step in the life of a batch, found by its id: checks the state, then whatever else the step needs.
 * @param check what must hold beside the state, and what the step writes; it reads after the batch was read.
 */
export async function stepBatch(
  { input, actor, nowMs, request }: Call<{ batchId: string; reason?: string }>,
  command: BatchCommand,
  check: (batch: Batch, by: StepActor) => Promise<Result<BatchChanges>>,
): Promise<Result<Batch>> {
  const found = await findBatch(input.batchId, actor);
  if (!found) return fail('batch_not_found');
  const { by } = found;
  return changeDocument(batches, found.batch, request.id, async batch => {
    const to = moveBatch(command, batch.status);
    if (!to.ok) return to;
    const checked = await check(batch, by);
    if (!checked.ok) return checked;
    const step = {
      command,
      from: batch.status,
      to: to.data,
      atMs: nowMs,
      by,
      requestId: request.id,
      ...(input.reason !== undefined && { reason: input.reason }),
    };
    return ok({ ...checked.data, status: to.data, history: [...batch.history, step] });
  });
}

/** Whether another import than `ownJobId` is filling the batch, or is about to. */
export async function isImportRunning(batch: Batch, ownJobId?: string): Promise<boolean> {
  if (batch.jobId === undefined || batch.jobId === ownJobId) return false;
  if (batch.jobToStart) return true;
  return (await jobs.find(batch.jobId))?.status === 'running';
}

/** The stored totals against the vouchers themselves. @returns batch_total_differs. */
export async function checkTotals(batch: Batch): Promise<Result<undefined>> {
  const { count, totalFen } = await totalsOfBatch(batch.id, 'batched');
  return count === batch.count && totalFen === batch.totalFen ? ok(undefined) : fail('batch_total_differs');
}
