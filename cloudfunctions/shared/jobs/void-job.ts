import type { JobRefusal } from '../../../miniprogram/contract/jobs';
import type { VoucherStatus } from '../../../miniprogram/contract/vouchers';
import { checkState, voidStep, type StepContext } from '../domain/decisions';
import { stepOf, VOUCHER_TRANSITIONS, type Voucher } from '../domain/voucher';
import type { Job } from '../store/jobs';
import { vouchers } from '../store/vouchers';
import { INPUT_CHUNK, readJobInput } from './job-inputs';
import type { JobRunner } from './job-runner';
import { takeStep } from './steps-of-many';

interface Target {
  row: number;
  code: string;
  voucher: Voucher | undefined;
}

/** Withdraws the vouchers of a class, or those of a list of codes (批量作废). */
export const runVoid: JobRunner = async () => async (job, nowMs) => {
  const chunk =
    job.classId === undefined ? await targetsOfCodes(job) : await targetsOfClass(job, job.classId);
  if (!chunk) return { cursor: job.cursor, done: 0, refusals: [], finished: true };
  const context = { by: job.startedBy, nowMs, requestId: job.id, reason: job.reason ?? '' };
  const isDone = ({ voucher }: Target) => voucher !== undefined && stepOf(voucher, job.id) !== undefined;
  const waiting = chunk.targets.filter(target => !isDone(target));
  const verdicts = waiting.map(target => ({ target, refusal: refusalOf(target, context) }));
  const missed = await voidAll(
    verdicts.flatMap(({ target, refusal }) => (refusal || !target.voucher ? [] : [target.voucher])),
    context,
  );
  const refusals = [
    ...verdicts.flatMap(({ refusal }) => (refusal ? [refusal] : [])),
    ...missed.map(voucher => refusalOf({ row: 0, code: voucher.code, voucher }, context)).filter(isRefusal),
  ];
  return {
    cursor: chunk.nextCursor,
    done: chunk.targets.length - refusals.length,
    refusals,
    finished: false,
  };
};

const isRefusal = (refusal: JobRefusal | undefined): refusal is JobRefusal => refusal !== undefined;

async function targetsOfClass(job: Job, classId: string) {
  const found = await vouchers.read({
    where: { classId },
    ...(job.cursor && { cursor: job.cursor }),
    order: 'asc',
    limit: INPUT_CHUNK,
  });
  const last = found.at(-1);
  return (
    last && { targets: found.map(voucher => ({ row: 0, code: voucher.code, voucher })), nextCursor: last.id }
  );
}

async function targetsOfCodes(job: Job) {
  const input = await readJobInput(job.id, job.cursor);
  if (!input) return undefined;
  const found = await vouchers.findMany(
    input.rows.map(({ code }) => code),
    'code',
  );
  const byCode = new Map(found.map(voucher => [voucher.code, voucher]));
  const isOfCity = (voucher: Voucher | undefined) => voucher?.cityCode === job.cityCode;
  const targets = input.rows.map(({ row, code }) => {
    const voucher = byCode.get(code);
    return { row, code, voucher: isOfCity(voucher) ? voucher : undefined };
  });
  return { targets, nextCursor: input.nextCursor };
}

function refusalOf({ row, code, voucher }: Target, { nowMs }: StepContext): JobRefusal | undefined {
  if (!voucher) return { row, voucherCode: code, code: 'voucher_code_unknown' };
  const state = checkState('void', voucher, nowMs);
  return state.ok ? undefined : { row, voucherCode: code, code: state.error.code };
}

/** @returns those that could no longer be voided. */
async function voidAll(
  candidates: readonly Voucher[],
  context: StepContext & { reason: string },
): Promise<Voucher[]> {
  const missed: Voucher[] = [];
  for (const from of VOUCHER_TRANSITIONS.void.from as readonly VoucherStatus[]) {
    const inState = candidates.filter(voucher => voucher.status === from);
    missed.push(...(await takeStep(inState, voidStep(from, context))).missed);
  }
  return missed;
}
