import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { UseInput } from '../../miniprogram/contract/operations';
import type { Voucher } from '../shared/domain/voucher';
import { newId } from '../shared/runtime/new-id';
import type { Call } from '../shared/runtime/operation';
import { command } from '../shared/store/database';
import { verifications, type Verification } from '../shared/store/verifications';

/** Wrong digits for one voucher within the lock's time after which digits are no longer taken. */
export const DIGITS_TRIES_MAX = 5;
const DIGITS_LOCK_MS = 60 * 60 * 1000;

export const countWrongDigits = (attempts: readonly Verification[], nowMs: number): number =>
  attempts.filter(({ refusalCode, atMs }) => refusalCode === 'digits_wrong' && atMs > nowMs - DIGITS_LOCK_MS)
    .length;

/** Marks what was accepted until then; a voucher has one valid verification at the most. */
export const markReversed = (voucherId: string, reversedAtMs: number): Promise<number> =>
  verifications.update(
    {
      voucherId,
      outcome: 'accepted',
      atMs: command.lte(reversedAtMs),
      reversedAtMs: command.exists(false),
    },
    { reversedAtMs },
  );

type Outcome = { outcome: 'accepted' } | { outcome: 'refused'; refusalCode: ErrorCode };

/**
 * Every attempt leaves a record, refused ones too: it belongs to the institution that scanned.
 * The voucher's own history is what counts; a record written again by a repetition collides with the first, while a
 * request that is refused first and accepted later leaves both.
 */
export async function recordAttempt(
  call: Call<UseInput>,
  outcome: Outcome,
  voucher: Voucher | undefined,
): Promise<void> {
  const { actor, input, nowMs, request } = call;
  const grant = actor.grants.find(
    candidate => candidate.role === 'administrator' && candidate.institutionId === voucher?.institutionId,
  );
  const own = grant ?? actor.grants.find(candidate => candidate.role === 'administrator');
  if (own?.role !== 'administrator') return;
  // A stranger's voucher leaves no trace of whose it is.
  const isOwn = voucher !== undefined && grant !== undefined;
  // Digits name their voucher themselves: wrong ones must count against it.
  const voucherId = voucher?.id ?? ('digits' in input ? input.voucherId : undefined);
  await verifications.insert({
    id: `${newId(request)}-${outcome.outcome}`,
    version: 1,
    institutionId: own.institutionId,
    cityCode: own.cityCode,
    by: actor.personKey,
    atMs: nowMs,
    ...outcome,
    way: 'digits' in input ? 'digits' : 'qr',
    ...(voucherId !== undefined && { voucherId }),
    ...(isOwn && { holderNameCipher: voucher.holderNameCipher }),
    ...(isOwn && voucher.classId !== undefined && { classId: voucher.classId }),
    ...(isOwn && voucher.className !== undefined && { className: voucher.className }),
  });
}
