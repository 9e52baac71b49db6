import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { VoucherStatus } from '../../../miniprogram/contract/vouchers';
import type { Step } from '../domain/decisions';
import { stepOf, type Voucher } from '../domain/voucher';
import { vouchers, saveStepOfMany } from '../store/vouchers';

/** The same step for many vouchers, each of which may be refused. */
export interface StepOrder {
  /** Of the job: who has taken the step under it has taken it. */
  requestId: string;
  /** Why this voucher may not take the step; undefined if it may. */
  refuse(voucher: Voucher): ErrorCode | undefined;
  toStep(from: VoucherStatus): Step;
  /** What must still hold at the moment of the write, beside the state. */
  stillTrue?: Readonly<Record<string, unknown>>;
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
    const allowed: Voucher[] = [];
    for (const voucher of waiting) {
      if (stepOf(voucher, order.requestId)) continue;
      const code = order.refuse(voucher);
      if (code) refused.push({ voucher, code });
      else allowed.push(voucher);
    }
    waiting = await moveThose(allowed, order);
  }
  return refused;
}

/** @returns those that did not move, as they now are. */
async function moveThose(allowed: readonly Voucher[], { toStep, stillTrue }: StepOrder): Promise<Voucher[]> {
  const missed: Voucher[] = [];
  for (const status of new Set(allowed.map(voucher => voucher.status))) {
    const ids = allowed.filter(voucher => voucher.status === status).map(({ id }) => id);
    const moved = await saveStepOfMany(ids, toStep(status), stillTrue);
    // Fewer than expected: a race, or a write whose first answer was lost. The history tells which.
    if (moved < ids.length) missed.push(...(await vouchers.findMany(ids)));
  }
  return missed;
}
