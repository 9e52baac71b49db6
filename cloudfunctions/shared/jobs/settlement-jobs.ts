import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { batchStep, checkState, settleStep, unbatchStep, type Step } from '../domain/decisions';
import type { Voucher } from '../domain/voucher';
import { batches, type Batch } from '../store/batches';
import { CHUNK_MAX } from '../store/document-collection';
import type { Job } from '../store/jobs';
import { saveStepOfMany, totalsOfBatch, vouchers } from '../store/vouchers';
import type { ChunkOutcome, ChunkStep, JobRunner } from './job-runner';
import { takeStepWithRows } from './steps-of-rows';

async function batchOf(job: Job): Promise<Batch> {
  const batch = await batches.find(job.batchId ?? '');
  if (!batch) throw new Error('a settlement job without its batch');
  return batch;
}

const contextOf = (job: Job, nowMs: number) => ({ by: job.startedBy, nowMs, requestId: job.id });

/**
 * Why a voucher cannot go into the batch. Order: this city's → this institution's → this project's → state.
 * @returns undefined when it can.
 */
export function refuseForBatch(
  voucher: Voucher,
  batch: Pick<Batch, 'cityCode' | 'institutionId' | 'projectId'>,
  nowMs: number,
): ErrorCode | undefined {
  if (voucher.cityCode !== batch.cityCode) return 'voucher_of_other_city';
  if (voucher.institutionId !== undefined && voucher.institutionId !== batch.institutionId) {
    return 'voucher_not_for_this_institution';
  }
  if (voucher.projectId !== batch.projectId) return 'voucher_of_other_project';
  const state = checkState('batch', voucher, nowMs);
  return state.ok ? undefined : state.error.code;
}

/** Takes imported codes into a batch and explains each one that it refuses. */
export const runImportCodes: JobRunner = async prepared => {
  const batch = await batchOf(prepared);
  return async (job, nowMs) => {
    const step = batchStep({ ...contextOf(job, nowMs), batchId: batch.id, batchNumber: batch.number });
    return takeStepWithRows(job, {
      requestId: job.id,
      refuse: voucher => refuseForBatch(voucher, batch, nowMs),
      toStep: () => step,
      stillTrue: { institutionId: batch.institutionId },
    });
  };
};

/** Moves every voucher of a batch by the same step, then does what the end of the job requires. */
const moveAll =
  (
    batch: Batch,
    toStep: (job: Job, nowMs: number) => Step,
    end: (job: Job) => Promise<ErrorCode | undefined>,
  ): ChunkStep =>
  async (job, nowMs): Promise<ChunkOutcome> => {
    const ids = await vouchers.readIds({
      where: { batchId: batch.id },
      ...(job.cursor && { cursor: job.cursor }),
      limit: CHUNK_MAX,
    });
    // The batch as well: a voucher that left it and is in another one by now is not this job's any more.
    await saveStepOfMany(ids, toStep(job, nowMs), { batchId: batch.id });
    const cursor = ids.at(-1) ?? job.cursor;
    if (ids.length === CHUNK_MAX) return { cursor, done: ids.length, refusals: [], finished: false };
    const failureCode = await end(job);
    // Given-back vouchers no longer name the batch: a chunk that was killed between its write and its count is
    // counted here, since none is left in the batch.
    const done = job.total - job.done;
    return { cursor, done, refusals: [], finished: true, ...(failureCode && { failureCode }) };
  };

/** Gives the vouchers of a returned batch back to the institution: used again, free for another batch. */
export const runUnbatch: JobRunner = async prepared => {
  const batch = await batchOf(prepared);
  const toStep = (job: Job, nowMs: number) =>
    unbatchStep({ ...contextOf(job, nowMs), batchId: batch.id, reason: job.reason ?? '' });
  return moveAll(batch, toStep, async () => undefined);
};

/** Write-off (核销) of a paid batch. Ends with a recount: what is dead must be what was paid. Notice 三(六). */
export const runSettle: JobRunner = async prepared => {
  const batch = await batchOf(prepared);
  const toStep = (job: Job, nowMs: number) => settleStep({ ...contextOf(job, nowMs), batchId: batch.id });
  return moveAll(batch, toStep, job => endSettlement(batch.id, job));
};

async function endSettlement(batchId: string, job: Job): Promise<ErrorCode | undefined> {
  const batch = await batches.find(batchId);
  if (!batch || batch.status === 'settled') return undefined;
  const recount = await totalsOfBatch(batchId, 'settled');
  if (recount.count !== batch.count || recount.totalFen !== batch.totalFen) return 'batch_total_differs';
  const step = {
    command: 'settle',
    from: batch.status,
    to: 'settled',
    atMs: Date.now(),
    by: job.startedBy,
    requestId: job.id,
  } as const;
  const saved = await batches.save(batch, { status: 'settled', history: [...batch.history, step] });
  return saved ? undefined : endSettlement(batchId, job);
}
