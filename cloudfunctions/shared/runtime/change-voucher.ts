import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { evolve, type Step } from '../domain/decisions';
import { stepMarked, type HistoryEntry, type StepMark, type Voucher } from '../domain/voucher';
import { saveStep, vouchers } from '../store/vouchers';

const ATTEMPTS = 3;

export interface ChangedVoucher {
  voucher: Voucher;
  entry: HistoryEntry;
}

/**
 * decide → save for one voucher. A write that finds the voucher changed decides again on what is there now,
 * so that of many callers one wins and each other one learns the true reason.
 * @returns the decision's refusal, or write_conflict when it kept changing.
 */
export async function changeVoucher(
  read: Voucher,
  mark: StepMark,
  decide: (voucher: Voucher) => Result<Step>,
): Promise<Result<ChangedVoucher>> {
  let voucher: Voucher | undefined = read;
  for (let attempt = 0; voucher && attempt < ATTEMPTS; attempt++) {
    const earlier = stepMarked(voucher, mark);
    if (earlier) return ok({ voucher, entry: earlier });
    const step = decide(voucher);
    if (!step.ok) return step;
    if (await saveStep(voucher, step.data)) {
      return ok({ voucher: evolve(voucher, step.data), entry: step.data.entry });
    }
    voucher = await vouchers.find(voucher.id);
  }
  return fail('write_conflict');
}
