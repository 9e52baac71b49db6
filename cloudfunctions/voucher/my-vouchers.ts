import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { isShownTo } from '../shared/domain/voucher';
import { Cursor, VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { PRESENT } from '../shared/store/query';
import { vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { toVoucherDetailView, toVoucherView } from '../shared/views/voucher-view';

export const listMine = operation('voucher.listMine', {
  input: v.strictObject({ cursor: Cursor }),
  load: ({ cursor }) => vouchers.joinedPageOfCaller('personKey', { cursor, where: { code: PRESENT } }),
  run: async ({ nowMs }, page) => ok(mapPage(page, voucher => toVoucherView(voucher, nowMs))),
});

export const getMine = operation('voucher.getMine', {
  input: v.strictObject({ voucherId: VoucherId }),
  load: ({ voucherId }) => vouchers.find(voucherId),
  run: async ({ actor, nowMs }, voucher) => {
    if (!isShownTo(actor.personKey, voucher)) return fail('voucher_not_found');
    return ok(toVoucherDetailView(voucher, nowMs));
  },
});
