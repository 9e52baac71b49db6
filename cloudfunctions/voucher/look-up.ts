import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import { actingFor, type Actor } from '../shared/domain/scope';
import type { Voucher } from '../shared/domain/voucher';
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
    const { classId, templateId = '', status, cursor } = input;
    const owner = classId === undefined ? { templateId } : { classId };
    const page = await vouchers.list({
      where: { ...owner, ...(status && { status }) },
      cursor,
      order: 'asc',
    });
    if (!(await canSee(actor, owner, page.items[0]))) {
      return fail('classId' in owner ? 'class_not_found' : 'template_not_found');
    }
    return ok(mapPage(page, voucher => toVoucherView(voucher, nowMs)));
  },
});

/** Vouchers carry the area of their class and template: only an empty page needs the owner itself to tell whose it is. */
async function canSee(
  actor: Actor,
  owner: { classId: string } | { templateId: string },
  first: Voucher | undefined,
): Promise<boolean> {
  if ('classId' in owner) {
    const place = first ?? (await classes.find(owner.classId));
    return place !== undefined && actingFor(actor, place) !== undefined;
  }
  const place = first ?? (await templates.find(owner.templateId));
  return place !== undefined && actingFor(actor, { cityCode: place.cityCode }) !== undefined;
}
