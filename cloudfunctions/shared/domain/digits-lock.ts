import { fail, type Refusal } from '../../../miniprogram/contract/result';
import { windowOf } from './qr-token';

/** Wrong digits for one voucher within the lock's time after which digits are no longer taken. */
export const DIGITS_TRIES_MAX = 5;
const DIGITS_LOCK_MS = 60 * 60 * 1000;

/** Wrong digits that were judged. The voucher keeps the latest of them, so that a try is written before its answer is given. */
export interface WrongDigits {
  atMs: number;
  /** Of the request that brought them. */
  key: string;
}

type DigitsVerdict =
  | { kind: 'right'; window: number }
  /** To be answered once `kept` has taken the place of the tries that were judged. */
  | { kind: 'wrong'; kept: WrongDigits[]; refusal: Refusal }
  /** Not judged at all, so there is nothing to keep. */
  | { kind: 'refused'; refusal: Refusal };

/** Those that still count. One from the future was made before a clock was set back: it counts no longer than others do. */
const recent = (tries: readonly WrongDigits[], nowMs: number): WrongDigits[] =>
  tries.filter(({ atMs }) => Math.abs(nowMs - atMs) < DIGITS_LOCK_MS);

export const areDigitsLocked = (tries: readonly WrongDigits[], nowMs: number): boolean =>
  recent(tries, nowMs).length >= DIGITS_TRIES_MAX;

const wrongRefusal = (count: number): Refusal =>
  fail('digits_wrong', { triesLeft: DIGITS_TRIES_MAX - count }).error;

/**
 * Digits are few, so guessing is: after some wrong ones only the picture counts for a while. Within its window the
 * repetition of a request that was wrong gets the same answer and costs no further try.
 * @param findWindow the window to which these digits belong, undefined when they are wrong; not asked while they are locked.
 */
export function judgeDigits(
  tries: readonly WrongDigits[],
  { nowMs, key }: { nowMs: number; key: string },
  findWindow: () => number | undefined,
): DigitsVerdict {
  const counted = recent(tries, nowMs);
  const earlier = counted.findIndex(each => each.key === key && windowOf(each.atMs) === windowOf(nowMs));
  if (earlier >= 0) return { kind: 'refused', refusal: wrongRefusal(earlier + 1) };
  if (counted.length >= DIGITS_TRIES_MAX) return { kind: 'refused', refusal: fail('digits_locked').error };
  const window = findWindow();
  if (window !== undefined) return { kind: 'right', window };
  const kept = [...counted, { atMs: nowMs, key }];
  return { kind: 'wrong', kept, refusal: wrongRefusal(kept.length) };
}
