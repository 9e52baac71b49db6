import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { JobRefusal } from '../../../miniprogram/contract/jobs';
import { batchStep, checkState, settleStep, unbatchStep, type Step } from '../domain/decisions';
import { stepOf, type Voucher } from '../domain/voucher';
import { batches, type Batch } from '../store/batches';
import { CHUNK_MAX } from '../store/document-collection';
import type { Job } from '../store/jobs';
import { saveStepOfMany, totalsOfBatch, vouchers } from '../store/vouchers';
import { readJobInput } from './job-inputs';
import type { ChunkOutcome, ChunkStep, JobRunner } from './job-runner';
import { takeStep } from './steps-of-many';

async function batchOf(job: Job): Promise<Batch> {
  const batch = await batches.find(job.batchId ?? '');
  if (!batch) throw new Error('a settlement job without its batch');
  return batch;
}

const contextOf = (job: Job, nowMs: number) => ({ by: job.startedBy, nowMs, requestId: job.id });

/**
 * Why a code cannot go into the batch. Order: exists → this institution's → this city and project → state.
 * @returns undefined when it can.
 */
export function refuseForBatch(
  voucher: Voucher | undefined,
  batch: Batch,
  nowMs: number,
): ErrorCode | undefined {
  if (!voucher) return 'voucher_code_unknown';
  if (voucher.cityCode !== batch.cityCode) return 'voucher_of_other_city';
  if (voucher.institutionId !== undefined && voucher.institutionId !== batch.institutionId) {
    return 'voucher_not_for_this_institution';
  }
  if (voucher.projectId !== batch.projectId) return 'voucher_of_other_project';
  const state = checkState('batch', voucher, nowMs);
  return state.ok ? undefined : state.error.code;
}

const refusalFor = (
  row: number,
  code: string,
  reason: ErrorCode,
  voucher: Voucher | undefined,
): JobRefusal => ({
  row,
  voucherCode: code,
  code: reason,
  ...(voucher && 'batchNumber' in voucher && { data: { batchNumber: voucher.batchNumber } }),
});

/** Takes imported codes into a batch and explains each one that it refuses. */
export const runImportCodes: JobRunner = async prepared => {
  const batch = await batchOf(prepared);
  const { institutionId } = batch;
  return async (job, nowMs) => {
    const input = await readJobInput(job.id, job.cursor);
    if (!input) return { cursor: job.cursor, done: 0, refusals: [], finished: true };
    const found = await vouchers.findMany(
      input.rows.map(({ code }) => code),
      'code',
    );
    const byCode = new Map(found.map(voucher => [voucher.code, voucher]));
    const waiting = input.rows.filter(({ code }) => {
      const voucher = byCode.get(code);
      return !(voucher && stepOf(voucher, job.id));
    });
    const refusals = waiting.flatMap(({ row, code }) => {
      const reason = refuseForBatch(byCode.get(code), batch, nowMs);
      return reason ? [refusalFor(row, code, reason, byCode.get(code))] : [];
    });
    const refused = new Set(refusals.map(({ voucherCode }) => voucherCode));
    const candidates = waiting.flatMap(({ code }) => (refused.has(code) ? [] : (byCode.get(code) ?? [])));
    const step = batchStep({ ...contextOf(job, nowMs), batchId: batch.id, batchNumber: batch.number });
    const { missed } = await takeStep(candidates, step, { institutionId });
    const rowOf = new Map(input.rows.map(({ row, code }) => [code, row]));
    for (const voucher of missed) {
      const reason = refuseForBatch(voucher, batch, nowMs) ?? 'write_conflict';
      refusals.push(refusalFor(rowOf.get(voucher.code) ?? 0, voucher.code, reason, voucher));
    }
    return { cursor: input.nextCursor, done: input.rows.length - refusals.length, refusals, finished: false };
  };
};

/** Moves every voucher of a batch by the same step, then does what the end of the job requires. */
const moveBatch =
  (
    batch: Batch,
    toStep: (job: Job, nowMs: number) => Step,
    end: (job: Job) => Promise<ErrorCode | undefined>,
  ): ChunkStep =>
  async (job, nowMs): Promise<ChunkOutcome> => {
    const ids = await vouchers.readIds({
      where: { batchId: batch.id, status: 'batched' },
      ...(job.cursor && { cursor: job.cursor }),
      limit: CHUNK_MAX,
    });
    const last = ids.at(-1);
    if (last === undefined) {
      const failureCode = await end(job);
      // A chunk that was killed between its write and its count is counted here: none is left in the batch.
      const uncounted = job.total - job.done;
      return {
        cursor: job.cursor,
        done: uncounted,
        refusals: [],
        finished: true,
        ...(failureCode && { failureCode }),
      };
    }
    await saveStepOfMany(ids, toStep(job, nowMs));
    return { cursor: last, done: ids.length, refusals: [], finished: false };
  };

/** Gives the vouchers of a returned batch back to the institution: used again, free for another batch. */
export const runUnbatch: JobRunner = async prepared => {
  const batch = await batchOf(prepared);
  const toStep = (job: Job, nowMs: number) =>
    unbatchStep({ ...contextOf(job, nowMs), batchId: batch.id, reason: job.reason ?? '' });
  return moveBatch(batch, toStep, async () => undefined);
};

/** Write-off (核销) of a paid batch. Ends with a recount: what is dead must be what was paid. Notice 三(六). */
export const runSettle: JobRunner = async prepared => {
  const batch = await batchOf(prepared);
  const toStep = (job: Job, nowMs: number) => settleStep({ ...contextOf(job, nowMs), batchId: batch.id });
  return moveBatch(batch, toStep, job => endSettlement(batch.id, job));
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
    by: { role: 'system' },
    requestId: job.id,
  } as const;
  const saved = await batches.save(batch, { status: 'settled', history: [...batch.history, step] });
  return saved ? undefined : endSettlement(batchId, job);
}
