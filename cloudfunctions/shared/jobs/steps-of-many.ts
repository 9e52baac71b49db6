import { stepOf, type Voucher } from '../domain/voucher';
import type { Step } from '../domain/decisions';
import { vouchers, saveStepOfMany } from '../store/vouchers';

/**
 * Takes the same step on vouchers that were just read in its starting state.
 * @returns those that made it, and those that somebody else moved in between, read again.
 */
export async function takeStep(
  candidates: readonly Voucher[],
  step: Step,
  stillTrue: Readonly<Record<string, unknown>> = {},
): Promise<{ moved: number; missed: Voucher[] }> {
  const ids = candidates.map(voucher => voucher.id);
  const moved = await saveStepOfMany(ids, step, stillTrue);
  if (moved === ids.length) return { moved, missed: [] };
  // Fewer than expected: a race, or a write whose first answer was lost. The history tells which.
  const now = await vouchers.findMany(ids);
  const missed = now.filter(voucher => !stepOf(voucher, step.entry.requestId));
  return { moved: now.length - missed.length, missed };
}
