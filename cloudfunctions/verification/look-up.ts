import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import type { VerificationView } from '../../miniprogram/contract/vouchers';
import { startOfDayMs } from '../shared/domain/calendar';
import { actingFor, type Actor } from '../shared/domain/scope';
import { Cursor, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { command } from '../shared/store/database';
import { institutions } from '../shared/store/institutions';
import { verifications, type Verification } from '../shared/store/verifications';
import { mapPage } from '../shared/views/pages';
import { maskedName } from '../shared/views/voucher-view';

const toView = ({
  id,
  atMs,
  outcome,
  refusalCode,
  voucherId,
  ...record
}: Verification): VerificationView => ({
  id,
  atMs,
  outcome,
  ...(refusalCode && { refusalCode }),
  ...(voucherId !== undefined && { voucherId }),
  ...(record.classId !== undefined && { classId: record.classId }),
  ...(record.className !== undefined && { className: record.className }),
  ...(record.reversedAtMs !== undefined && { reversedAtMs: record.reversedAtMs }),
  ...(record.holderNameCipher !== undefined && { holderName: maskedName(record.holderNameCipher) }),
});

/**
 * An administrator's own institution needs no look-up; an officer's area is that of the institution,
 * which a record of it names as well.
 */
async function canSee(actor: Actor, institutionId: string, record?: Verification): Promise<boolean> {
  if (actingFor(actor, { institutionId })) return true;
  const cityCode = record?.cityCode ?? (await institutions.find(institutionId))?.cityCode;
  return cityCode !== undefined && actingFor(actor, { institutionId, cityCode }) !== undefined;
}

export const listVerifications = operation('verification.listVerifications', {
  input: v.strictObject({
    institutionId: Id,
    outcome: v.exactOptional(v.picklist(['accepted', 'refused'])),
    classId: v.exactOptional(Id),
    cursor: Cursor,
  }),
  run: async ({ input: { institutionId, outcome, classId, cursor }, actor }) => {
    const where = { institutionId, ...(outcome && { outcome }), ...(classId !== undefined && { classId }) };
    const page = await verifications.list({ where, cursor });
    if (!(await canSee(actor, institutionId, page.items[0]))) return fail('institution_not_found');
    return ok(mapPage(page, toView));
  },
});

export const countToday = operation('verification.countToday', {
  input: v.strictObject({ institutionId: Id }),
  run: async ({ input: { institutionId }, actor, nowMs }) => {
    if (!(await canSee(actor, institutionId))) return fail('institution_not_found');
    const acceptedCount = await verifications.count({
      institutionId,
      outcome: 'accepted',
      atMs: command.gte(startOfDayMs(nowMs)),
      reversedAtMs: command.exists(false),
    });
    return ok({ acceptedCount });
  },
});
