import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { VoucherReceipt } from '../../miniprogram/contract/vouchers';
import { reverse } from '../shared/domain/decisions';
import { actingFor } from '../shared/domain/scope';
import { stepMarked, type HistoryEntry, type Voucher } from '../shared/domain/voucher';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { Id, Reason } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { vouchers } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';
import { markReversed } from './attempts';

export const reverseUse = operation('verification.reverse', {
  input: v.strictObject({ voucherId: Id, reason: Reason }),
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }) => {
    const voucher = await vouchers.find(input.voucherId);
    // A reversed 通用券 is no longer its institution's: a repetition is recognised before that is asked.
    const mark = { command: 'reverse', requestId: request.id, personKey: actor.personKey } as const;
    const earlier = voucher && stepMarked(voucher, mark);
    if (earlier) return answer(voucher, earlier);
    const by = voucher && actingFor(actor, voucher);
    if (!voucher || !by) return fail('voucher_not_found');
    const context = { by, nowMs, requestId: request.id, reason: input.reason };
    const changed = await changeVoucher(voucher, mark, current => reverse(current, context));
    return changed.ok ? answer(changed.data.voucher, changed.data.entry) : changed;
  },
});

/** Marked by a repetition too, since the first try may have been cut off before. */
async function answer(voucher: Voucher, entry: HistoryEntry): Promise<Result<VoucherReceipt>> {
  await markReversed(voucher.id, entry.atMs);
  return ok(toReceipt(voucher, entry));
}
