import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { reverse } from '../shared/domain/decisions';
import { roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import { stepMarked, type EntryOf, type Voucher } from '../shared/domain/voucher';
import { checkInstitutionNotOwn } from '../shared/people/own-institution';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { Reason, VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { recordReversal } from '../shared/store/verifications';
import { vouchers } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';

export const reverseUse = operation('verification.reverse', {
  input: v.strictObject({ voucherId: VoucherId, reason: Reason }),
  load: ({ voucherId }) => vouchers.find(voucherId),
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }, voucher) => {
    // A reversed 通用券 is no longer its institution's: a repetition is recognised before that is asked.
    const mark = { command: 'reverse', requestId: request.id, personKey: actor.personKey } as const;
    const earlier = voucher && stepMarked(voucher, mark);
    if (earlier) return answer(voucher, earlier);
    const by = voucher && reverserOf(actor, voucher);
    if (!voucher || !by) return fail('voucher_not_found');
    const apart =
      by.role === 'administrator' ? ok(undefined) : await checkInstitutionNotOwn(voucher, by.personKey);
    if (!apart.ok) return apart;
    const context = { by, nowMs, requestId: request.id, reason: input.reason };
    const changed = await changeVoucher(voucher, mark, current => reverse(current, context));
    return changed.ok ? answer(changed.data.voucher, changed.data.entry) : changed;
  },
});

/** Who is both acts for the institution, within its time: for the city somebody else does. */
function reverserOf(actor: Actor, voucher: Voucher): ActingPerson | undefined {
  const grants = actor.grants.filter(({ role }) => role === 'administrator');
  return roleAt({ ...actor, grants }, voucher) ?? roleAt(actor, voucher);
}

/** Recorded by a repetition too, since the first try may have been cut off before. */
async function answer(voucher: Voucher, entry: EntryOf<'reverse'>) {
  await recordReversal(voucher, entry);
  return ok(toReceipt(voucher, entry));
}
