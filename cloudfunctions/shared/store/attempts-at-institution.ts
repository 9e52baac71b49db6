import type { ClassId, InstitutionId, VerificationId } from '../../../miniprogram/contract/ids';
import { PAGE_SIZE, type Page } from '../../../miniprogram/contract/paging';
import type { Voucher } from '../domain/voucher';
import { toPage } from './document-collection';
import { institutions, type Institution } from './institutions';
import { JoinedRead } from './joined-read';
import { above, below, fromRecord } from './query';
import { verifications, type Verification } from './verifications';
import { vouchers } from './vouchers';

export interface AttemptsOfInstitution {
  institution: Institution | undefined;
  page: Page<Verification>;
}

/** An institution with a page of the attempts at it, newest first: valid ones from their vouchers, all others from here. */
export function attemptsAt(
  institutionId: InstitutionId,
  {
    outcome,
    classId,
    cursor,
  }: { outcome?: Verification['outcome']; classId?: ClassId; cursor?: string | undefined },
): JoinedRead<AttemptsOfInstitution> {
  const ofClass = classId === undefined ? {} : { classId };
  const limit = PAGE_SIZE + 1;
  const before = cursor as VerificationId | undefined;
  const recorded = {
    institutionId,
    ...ofClass,
    ...(outcome && { outcome }),
    ...(before !== undefined && { _id: below(before) }),
  };
  const valid = {
    institutionId,
    ...ofClass,
    verificationId: before === undefined ? above('' as VerificationId) : below(before),
  };
  const joins = {
    institutions: institutions.join({ where: { _id: institutionId }, limit: 1 }),
    recorded: verifications.join({ where: recorded, limit }),
    valid: vouchers.join({ where: valid, by: 'verificationId', limit: outcome === 'refused' ? 1 : limit }),
  };
  return new JoinedRead(joins, found => {
    const accepted =
      outcome === 'refused' ? [] : found.valid.map(fromRecord<Voucher>).flatMap(toVerification);
    const all = [...found.recorded.map(fromRecord<Verification>), ...accepted];
    // One that is being carried over from a record to its voucher stands in both.
    const byId = new Map(all.map(each => [each.id, each]));
    const newestFirst = [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    return {
      institution: found.institutions.map(fromRecord<Institution>)[0],
      page: toPage(newestFirst, PAGE_SIZE, ({ id }) => id),
    };
  });
}

/** The valid verification of a voucher. */
function toVerification(voucher: Voucher): Verification[] {
  if (!('usedBy' in voucher) || voucher.verificationId === undefined) return [];
  const { institutionId, cityCode, usedBy, usedAtMs, verificationId, classId, className } = voucher;
  if (institutionId === undefined) return [];
  return [
    {
      id: verificationId,
      version: 1,
      institutionId,
      cityCode,
      by: usedBy,
      atMs: usedAtMs,
      outcome: 'accepted',
      voucherId: voucher.id,
      ...(classId !== undefined && { classId }),
      ...(className !== undefined && { className }),
      holderNameCipher: voucher.holderNameCipher,
    },
  ];
}
