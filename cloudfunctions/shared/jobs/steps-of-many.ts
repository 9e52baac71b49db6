import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { JobId } from '../../../miniprogram/contract/ids';
import { hasStepOf, type Step, type Voucher } from '../domain/voucher';
import type { Where } from '../store/query';
import { vouchers, saveStepOfMany } from '../store/vouchers';

/** The same step for many vouchers, each of which may be refused. */
export interface StepOrder {
  /** Who has taken the step under this job has taken it. */
  jobId: JobId;
  /** The step of this voucher, which depends on nothing but the state that it starts from; or why it may not take it. */
  decide(voucher: Voucher): { step: Step } | { code: ErrorCode };
  /** What must still hold at the moment of the write, beside the state. */
  stillTrue?: Where<Voucher>;
}

export interface RefusedVoucher {
  voucher: Voucher;
  code: ErrorCode;
}

/** A voucher that is moved by others that often while a job looks at it is refused. */
const ATTEMPTS = 3;

/**
 * Takes the step with each voucher that may take it; those that have taken it already count as done.
 * One that somebody else moves in between is judged again on what it then is.
 */
export async function takeStepWithMany(
  found: readonly Voucher[],
  order: StepOrder,
): Promise<RefusedVoucher[]> {
  const refused: RefusedVoucher[] = [];
  let waiting = [...found];
  for (let attempt = 0; waiting.length > 0; attempt++) {
    if (attempt === ATTEMPTS)
      return [...refused, ...waiting.map(voucher => ({ voucher, code: 'write_conflict' as const }))];
    const allowed: { voucher: Voucher; step: Step }[] = [];
    for (const voucher of waiting) {
      if (hasStepOf(voucher, order.jobId)) continue;
      const decision = order.decide(voucher);
      if ('code' in decision) refused.push({ voucher, code: decision.code });
      else allowed.push({ voucher, step: decision.step });
    }
    waiting = await moveThose(allowed, order);
  }
  return refused;
}

/** @returns those that did not move, as they now are. */
async function moveThose(
  allowed: readonly { voucher: Voucher; step: Step }[],
  { stillTrue }: StepOrder,
): Promise<Voucher[]> {
  const missed: Voucher[] = [];
  const steps = new Map(allowed.map(({ step }) => [step.entry.from, step]));
  for (const [from, step] of steps) {
    const ids = allowed.filter(each => each.step.entry.from === from).map(({ voucher }) => voucher.id);
    const moved = await saveStepOfMany(ids, step, stillTrue);
    // Fewer than expected: a race, or a write whose first answer was lost. The history tells which.
    if (moved < ids.length) missed.push(...(await vouchers.findMany(ids)));
  }
  return missed;
}
