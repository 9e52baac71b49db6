import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';

/** Wrong digits for one voucher within the lock's time after which digits are no longer taken. */
export const DIGITS_TRIES_MAX = 5;
const DIGITS_LOCK_MS = 60 * 60 * 1000;

/** An earlier attempt to verify the voucher. */
export interface EarlierAttempt {
  atMs: number;
  refusalCode?: ErrorCode;
}

/**
 * Digits are few, so guessing is: after some wrong ones only the picture counts for a while.
 * @param areRight tells whether these digits fit; not asked while digits are locked.
 * @returns digits_locked; digits_wrong {triesLeft}.
 */
export function checkDigits(
  attempts: readonly EarlierAttempt[],
  nowMs: number,
  areRight: () => boolean,
): Result<undefined> {
  const wrongCount = attempts.filter(
    ({ refusalCode, atMs }) => refusalCode === 'digits_wrong' && atMs > nowMs - DIGITS_LOCK_MS,
  ).length;
  if (wrongCount >= DIGITS_TRIES_MAX) return fail('digits_locked');
  return areRight() ? ok(undefined) : fail('digits_wrong', { triesLeft: DIGITS_TRIES_MAX - wrongCount - 1 });
}
