import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { Cursor, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { toVoucherDetailView, toVoucherView } from '../shared/views/voucher-view';

export const listMine = operation('voucher.listMine', {
  input: v.strictObject({ cursor: Cursor }),
  run: async ({ input, actor, nowMs }) => {
    const page = await vouchers.list({ where: { personKey: actor.personKey }, cursor: input.cursor });
    return ok(mapPage(page, voucher => toVoucherView(voucher, nowMs)));
  },
});

export const getMine = operation('voucher.getMine', {
  input: v.strictObject({ voucherId: Id }),
  run: async ({ input, actor, nowMs }) => {
    const voucher = await vouchers.find(input.voucherId);
    if (voucher?.personKey !== actor.personKey) return fail('voucher_not_found');
    return ok(toVoucherDetailView(voucher, nowMs));
  },
});
