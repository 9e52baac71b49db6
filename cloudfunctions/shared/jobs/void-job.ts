import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { checkState, voidStep } from '../domain/decisions';
import type { JobOf } from '../domain/job';
import { liesIn } from '../domain/scope';
import { checkNotOwn } from '../domain/separation';
import type { Voucher } from '../domain/voucher';
import { findAdministrations } from '../people/own-institution';
import { vouchers } from '../store/vouchers';
import { INPUT_CHUNK } from './job-inputs';
import { returnDueQuota } from './quota-return';
import { nothingLeft, type ChunkOutcome, type JobRunner } from './job-runner';
import { takeStepWithMany, type StepOrder } from './steps-of-many';
import { takeStepWithRows, toRefusal } from './steps-of-rows';

/** Withdraws the vouchers of a class, or those of a list of codes (批量作废). */
export const runVoid: JobRunner<'void'> = async ({ startedBy: { personKey } }) => {
  const own = personKey === undefined ? undefined : await findAdministrations(personKey);
  const refuse = (voucher: Voucher): ErrorCode | undefined => {
    if (personKey === undefined || voucher.institutionId === undefined) return undefined;
    const apart = checkNotOwn(voucher, personKey, own?.get(voucher.institutionId));
    return apart.ok ? undefined : apart.error.code;
  };
  return async (job, nowMs) => {
    const order = orderOf(job, nowMs, refuse);
    const outcome =
      job.classId === undefined
        ? await takeStepWithRows(job, order)
        : await voidOfClass({ ...job, classId: job.classId }, order);
    // What the time does not suffice for, the timer gives back.
    if (outcome.finished) await returnDueQuota(nowMs + QUOTA_MS);
    return outcome;
  };
};

/** For giving quota back at the end of a job: far less than a lease. */
const QUOTA_MS = 5_000;

function orderOf(
  job: JobOf<'void'>,
  nowMs: number,
  refuse: (voucher: Voucher) => ErrorCode | undefined,
): StepOrder {
  const context = { by: job.startedBy, nowMs, requestId: job.id, reason: job.reason };
  return {
    jobId: job.id,
    decide: (voucher: Voucher) => {
      // Codes of another city, or county, are unknown to this one.
      if (!liesIn(voucher, job)) return { code: 'voucher_code_unknown' };
      const state = checkState('void', voucher, nowMs);
      if (!state.ok) return { code: state.error.code };
      const code = refuse(voucher);
      return code ? { code } : { step: voidStep(state.data.status, context) };
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
