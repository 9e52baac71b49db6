import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { VerificationId } from '../../../miniprogram/contract/ids';
import type { UseInput } from '../../../miniprogram/contract/operations';
import type { Voucher } from '../domain/voucher';
import { idPrefixAt, newId } from '../runtime/new-id';
import type { RequestOfCall, WritingCall } from '../runtime/operation';
import { verifications } from '../store/verifications';

const KEY_CHARACTERS = 10;

/** The id of a verification that is accepted now: begins with that time, so that a day's can be counted by their ids. */
export const verificationIdAt = (nowMs: number, { key }: RequestOfCall): VerificationId =>
  `${idPrefixAt(nowMs)}${key.slice(0, KEY_CHARACTERS)}-accepted` as VerificationId;

/**
 * A refused attempt leaves a record, which belongs to the institution that scanned. Written again by a repetition it
 * collides with the first. (An accepted one stands in the voucher.)
 */
export async function recordRefusal(
  { actor, input, nowMs, request }: WritingCall<UseInput>,
  refusalCode: ErrorCode,
  voucher: Voucher | undefined,
): Promise<void> {
  const grants = actor.grants.flatMap(grant => (grant.role === 'administrator' ? [grant] : []));
  const ofVoucher = grants.find(({ institutionId }) => institutionId === voucher?.institutionId);
  const own = ofVoucher ?? grants[0];
  if (!own) return;
  // A stranger's voucher leaves no trace of whose it is.
  const isOwn = voucher !== undefined && ofVoucher !== undefined;
  // Digits from a list name their voucher themselves.
  const voucherId = voucher?.id ?? ('voucherId' in input ? input.voucherId : undefined);
  await verifications.insert({
    id: `${newId(request)}-refused` as VerificationId,
    version: 1,
    institutionId: own.institutionId,
    cityCode: own.cityCode,
    by: actor.personKey,
    atMs: nowMs,
    outcome: 'refused',
    refusalCode,
    way: 'digits' in input ? 'digits' : 'qr',
    ...(voucherId !== undefined && { voucherId }),
    ...(isOwn && { holderNameCipher: voucher.holderNameCipher }),
    ...(isOwn && voucher.classId !== undefined && { classId: voucher.classId }),
    ...(isOwn && voucher.className !== undefined && { className: voucher.className }),
  });
}
