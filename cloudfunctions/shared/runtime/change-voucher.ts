import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { Decision } from '../domain/decisions';
import { stepMarked, type EntryOf, type StepCommand, type StepMark, type Voucher } from '../domain/voucher';
import { saveStep, vouchers } from '../store/vouchers';

/** More than the wrong digits that may be noted on a voucher meanwhile. */
const ATTEMPTS = 8;

export interface ChangedVoucher<C extends StepCommand> {
  voucher: Voucher;
  entry: EntryOf<C>;
}

/**
 * decide → save for one voucher. A write that finds the voucher changed decides again on what is there now,
 * so that of many callers one wins and each other one learns the true reason.
 * @returns the decision's refusal, or write_conflict when it kept changing.
 */
export async function changeVoucher<C extends StepCommand>(
  read: Voucher,
  mark: StepMark<C>,
  decide: (voucher: Voucher) => Result<Decision<C>>,
): Promise<Result<ChangedVoucher<C>>> {
  let voucher: Voucher | undefined = read;
  for (let attempt = 0; voucher && attempt < ATTEMPTS; attempt++) {
    const earlier = stepMarked(voucher, mark);
    if (earlier) return ok({ voucher, entry: earlier });
    const decision = decide(voucher);
    if (!decision.ok) return decision;
    if (await saveStep(voucher, decision.data)) {
      return ok({ voucher: decision.data.next, entry: decision.data.entry });
    }
    voucher = await vouchers.find(voucher.id);
  }
  return fail('write_conflict');
}
