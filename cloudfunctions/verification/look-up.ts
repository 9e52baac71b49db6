import * as v from 'valibot';
import type { InstitutionId as Id } from '../../miniprogram/contract/ids';
import { fail, ok } from '../../miniprogram/contract/result';
import type { VerificationView } from '../../miniprogram/contract/vouchers';
import { startOfDayMs } from '../shared/domain/calendar';
import { placeOf, roleAt, type Actor } from '../shared/domain/scope';
import { ClassId, Cursor, InstitutionId } from '../shared/runtime/input';
import { idPrefixAt } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { attemptsAt } from '../shared/store/attempts-at-institution';
import { institutions, type Institution } from '../shared/store/institutions';
import { ABSENT, atLeast } from '../shared/store/query';
import { verifications, type Verification } from '../shared/store/verifications';
import { vouchers } from '../shared/store/vouchers';
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

/** An administrator's own institution, or one of an officer's area. */
const canSee = (actor: Actor, institutionId: Id, institution: Institution | undefined): boolean =>
  institution !== undefined && roleAt(actor, { ...placeOf(institution), institutionId }) !== undefined;

export const listVerifications = operation('verification.listVerifications', {
  input: v.strictObject({
    institutionId: InstitutionId,
    outcome: v.exactOptional(v.picklist(['accepted', 'refused'])),
    classId: v.exactOptional(ClassId),
    cursor: Cursor,
  }),
  load: ({ institutionId, ...wish }) => attemptsAt(institutionId, wish),
  run: async ({ input, actor }, { institution, page }) =>
    canSee(actor, input.institutionId, institution)
      ? ok(mapPage(page, toView))
      : fail('institution_not_found'),
});

export const countToday = operation('verification.countToday', {
  input: v.strictObject({ institutionId: InstitutionId }),
  load: ({ institutionId }) => institutions.find(institutionId),
  run: async ({ input: { institutionId }, actor, nowMs }, institution) => {
    if (!canSee(actor, institutionId, institution)) return fail('institution_not_found');
    const fromMs = startOfDayMs(nowMs);
    const firstId = idPrefixAt(fromMs) as Verification['id'];
    const [valid, recorded] = await Promise.all([
      vouchers.count({ institutionId, verificationId: atLeast(firstId) }),
      verifications.count({
        institutionId,
        outcome: 'accepted',
        atMs: atLeast(fromMs),
        reversedAtMs: ABSENT,
      }),
    ]);
    return ok({ acceptedCount: valid + recorded });
  },
});
