import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { BatchId, VoucherId } from '../../../miniprogram/contract/ids';
import { BATCH_LIFE, checkTotals, refuserForBatch } from '../domain/batch';
import { batchStep, settleStep, unbatchStep } from '../domain/decisions';
import type { BatchJobKind, JobOf } from '../domain/job';
import type { Step } from '../domain/voucher';
import { batches, type Batch } from '../store/batches';
import { CHUNK_MAX } from '../store/document-collection';
import { ABSENT } from '../store/query';
import { saveStepOfMany, totalsOfBatch, vouchers } from '../store/vouchers';
import type { ChunkOutcome, ChunkStep, JobRunner } from './job-runner';
import { takeStepWithRows } from './steps-of-rows';

async function batchOf({ batchId }: { batchId: BatchId }): Promise<Batch> {
  const batch = await batches.find(batchId);
  if (!batch) throw new Error('a settlement job without its batch');
  return batch;
}

const contextOf = (job: JobOf<BatchJobKind>, nowMs: number) => ({
  by: job.startedBy,
  nowMs,
  requestId: job.id,
});

/** Takes imported codes into a batch and explains each one that it refuses. */
export const runImportCodes: JobRunner<'import_codes'> = async prepared => {
  const batch = await batchOf(prepared);
  const refuse = refuserForBatch(batch, (await totalsOfBatch(batch.id, 'batched')).totalFen);
  return async (job, nowMs) => {
    const step = batchStep({ ...contextOf(job, nowMs), batchId: batch.id, batchNumber: batch.number });
    return takeStepWithRows(job, {
      jobId: job.id,
      decide: voucher => {
        const code = refuse(voucher, nowMs);
        return code ? { code } : { step };
      },
      stillTrue: { institutionId: batch.institutionId, dispute: ABSENT },
    });
  };
};

type MovingKind = Exclude<BatchJobKind, 'import_codes'>;

/** Moves every voucher of a batch by the same step, then does what the end of the job requires. */
const moveAll =
  <K extends MovingKind>(
    batch: Batch,
    toStep: (job: JobOf<K>, nowMs: number) => Step,
    end: (job: JobOf<K>) => Promise<ErrorCode | undefined>,
  ): ChunkStep<K> =>
  async (job, nowMs): Promise<ChunkOutcome> => {
    const ids: VoucherId[] = await vouchers.readIds({
      where: { batchId: batch.id },
      ...(job.cursor && { cursor: job.cursor }),
      limit: CHUNK_MAX,
    });
    // The batch as well: a voucher that left it and is in another one by now is not this job's any more.
    await saveStepOfMany(ids, toStep(job, nowMs), { batchId: batch.id });
    const cursor = ids.at(-1) ?? job.cursor;
    const leftCount = Math.max(0, job.total - job.done);
    if (ids.length === CHUNK_MAX)
      return { cursor, done: Math.min(ids.length, leftCount), refusals: [], finished: false };
    const failureCode = await end(job);
    // Given-back vouchers no longer name the batch: a chunk that was killed between its write and its count is
    // counted here, since none is left in the batch.
    return { cursor, done: leftCount, refusals: [], finished: true, ...(failureCode && { failureCode }) };
  };

/** Gives the vouchers of a returned batch back to the institution: used again, free for another batch. */
export const runUnbatch: JobRunner<'unbatch'> = async prepared => {
  const batch = await batchOf(prepared);
  return moveAll(
    batch,
    (job, nowMs) => unbatchStep({ ...contextOf(job, nowMs), batchId: batch.id, reason: job.reason }),
    async () => undefined,
  );
};

/** Write-off (核销) of a paid batch. Ends with a recount: what is dead must be what was paid. Notice 三(六). */
export const runSettle: JobRunner<'settle'> = async prepared => {
  const batch = await batchOf(prepared);
  return moveAll(
    batch,
    (job, nowMs) => settleStep({ ...contextOf(job, nowMs), batchId: batch.id }),
    job => endSettlement(batch.id, job),
  );
};

async function endSettlement(batchId: BatchId, job: JobOf<'settle'>): Promise<ErrorCode | undefined> {
  const batch = await batches.find(batchId);
  if (!batch) return undefined;
  const moved = BATCH_LIFE.move('settle', batch, contextOf(job, Date.now()));
  // An earlier try of this chunk has done it.
  if (!moved.ok) return undefined;
  const totals = checkTotals(batch, await totalsOfBatch(batchId, 'settled'));
  if (!totals.ok) return totals.error.code;
  return (await batches.save(batch, moved.data)) ? undefined : endSettlement(batchId, job);
}
