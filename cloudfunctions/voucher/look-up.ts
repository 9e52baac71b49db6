import * as v from 'valibot';
import type { ClassId as Class, TemplateId as Template } from '../../miniprogram/contract/ids';
import { fail, ok } from '../../miniprogram/contract/result';
import { VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import type { Owner } from '../shared/domain/issue';
import { roleAt, type Actor } from '../shared/domain/scope';
import type { Voucher } from '../shared/domain/voucher';
import { ClassId, Cursor, TemplateId, VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { classes } from '../shared/store/classes';
import { templates } from '../shared/store/templates';
import { vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { toVoucherDetailView, toVoucherView } from '../shared/views/voucher-view';

export const getVoucher = operation('voucher.getVoucher', {
  input: v.strictObject({ voucherId: VoucherId }),
  load: ({ voucherId }) => vouchers.find(voucherId),
  run: async ({ actor, nowMs }, voucher) => {
    if (!voucher || !roleAt(actor, voucher)) return fail('voucher_not_found');
    return ok(toVoucherDetailView(voucher, nowMs));
  },
});

export const listVouchers = operation('voucher.listVouchers', {
  input: v.strictObject({
    classId: v.exactOptional(ClassId),
    templateId: v.exactOptional(TemplateId),
    status: v.exactOptional(v.picklist(VOUCHER_STATUSES)),
    cursor: Cursor,
  }),
  load: ({ status, cursor, ...input }) => {
    const owner = ownerIn(input);
    const chosen = status ? { status } : {};
    return 'classId' in owner
      ? vouchers.joinedPage({ where: { classId: owner.classId, ...chosen }, cursor, order: 'asc' })
      : vouchers.joinedPage({ where: { templateId: owner.templateId, ...chosen }, cursor, order: 'asc' });
  },
  run: async ({ input, actor, nowMs }, page) => {
    const owner = ownerIn(input);
    if (!(await canSee(actor, owner, page.items[0]))) {
      return fail('classId' in owner ? 'class_not_found' : 'template_not_found');
    }
    return ok(mapPage(page, voucher => toVoucherView(voucher, nowMs)));
  },
});

/** Neither of them is no template at all. */
const ownerIn = ({ classId, templateId }: { classId?: Class; templateId?: Template }): Owner =>
  classId === undefined ? { templateId: templateId ?? ('' as Template) } : { classId };

/** Vouchers carry the area of their class and template: only an empty page needs the owner itself to tell whose it is. */
async function canSee(actor: Actor, owner: Owner, first: Voucher | undefined): Promise<boolean> {
  if ('classId' in owner) {
    const place = first ?? (await classes.find(owner.classId));
    return place !== undefined && roleAt(actor, place) !== undefined;
  }
  const place = first ?? (await templates.find(owner.templateId));
  return place !== undefined && roleAt(actor, { cityCode: place.cityCode }) !== undefined;
}
