import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import { actingFor } from '../shared/domain/scope';
import { Cursor, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { classes } from '../shared/store/classes';
import { templates } from '../shared/store/templates';
import { vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { toVoucherDetailView, toVoucherView } from '../shared/views/voucher-view';

export const getVoucher = operation('voucher.getVoucher', {
  input: v.strictObject({ voucherId: Id }),
  run: async ({ input, actor, nowMs }) => {
    const voucher = await vouchers.find(input.voucherId);
    if (!voucher || !actingFor(actor, voucher)) return fail('voucher_not_found');
    return ok(toVoucherDetailView(voucher, nowMs));
  },
});

export const listVouchers = operation('voucher.listVouchers', {
  input: v.strictObject({
    classId: v.exactOptional(Id),
    templateId: v.exactOptional(Id),
    status: v.exactOptional(v.picklist(VOUCHER_STATUSES)),
    cursor: Cursor,
  }),
  run: async ({ input, actor, nowMs }) => {
    const { classId, templateId, status, cursor } = input;
    const owner =
      classId !== undefined ? await classes.find(classId) : await templates.find(templateId ?? '');
    if (!owner || !actingFor(actor, owner)) {
      return fail(classId !== undefined ? 'class_not_found' : 'template_not_found');
    }
    const where = { ...(classId !== undefined ? { classId } : { templateId }), ...(status && { status }) };
    const page = await vouchers.list({ where, cursor, order: 'asc' });
    return ok(mapPage(page, voucher => toVoucherView(voucher, nowMs)));
  },
});
