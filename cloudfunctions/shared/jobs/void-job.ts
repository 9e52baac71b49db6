import { checkState, voidStep } from '../domain/decisions';
import type { JobOf } from '../domain/job';
import type { Voucher } from '../domain/voucher';
import { vouchers } from '../store/vouchers';
import { INPUT_CHUNK } from './job-inputs';
import { returnDueQuota } from './quota-return';
import { nothingLeft, type ChunkOutcome, type JobRunner } from './job-runner';
import { takeStepWithMany, type StepOrder } from './steps-of-many';
import { takeStepWithRows, toRefusal } from './steps-of-rows';

/** Withdraws the vouchers of a class, or those of a list of codes (批量作废). */
export const runVoid: JobRunner<'void'> = async () => async (job, nowMs) => {
  const outcome =
    job.classId === undefined
      ? await takeStepWithRows(job, orderOf(job, nowMs))
      : await voidOfClass({ ...job, classId: job.classId }, orderOf(job, nowMs));
  // What the time does not suffice for, the timer gives back.
  if (outcome.finished) await returnDueQuota(nowMs + QUOTA_MS);
  return outcome;
};

/** For giving quota back at the end of a job: far less than a lease. */
const QUOTA_MS = 5_000;

function orderOf(job: JobOf<'void'>, nowMs: number): StepOrder {
  const context = { by: job.startedBy, nowMs, requestId: job.id, reason: job.reason };
  return {
    jobId: job.id,
    decide: (voucher: Voucher) => {
      // Codes of another city are unknown to this one.
      if (voucher.cityCode !== job.cityCode) return { code: 'voucher_code_unknown' };
      const state = checkState('void', voucher, nowMs);
      return state.ok ? { step: voidStep(state.data.status, context) } : { code: state.error.code };
    },
  };
}

/** Row 0: a refusal is about a voucher of the class, not about a row of a list. */
async function voidOfClass(
  job: JobOf<'void'> & Required<Pick<JobOf<'void'>, 'classId'>>,
  order: StepOrder,
): Promise<ChunkOutcome> {
  const found = await vouchers.read({
    where: { classId: job.classId },
    ...(job.cursor && { cursor: job.cursor }),
    order: 'asc',
    limit: INPUT_CHUNK,
  });
  const last = found.at(-1);
  if (!last) return nothingLeft(job);
  const refusals = (await takeStepWithMany(found, order)).map(refused => toRefusal(0, refused));
  return { cursor: last.id, done: found.length - refusals.length, refusals, finished: false };
}
