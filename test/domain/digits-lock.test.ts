import {
  checkDigits,
  DIGITS_TRIES_MAX,
  type EarlierAttempt,
} from '../../cloudfunctions/shared/domain/digits-lock';
import { NOW_MS } from './a-voucher';

const HOUR_MS = 60 * 60 * 1000;

const wrong = (count: number, atMs = NOW_MS - 1): EarlierAttempt[] =>
  Array.from({ length: count }, () => ({ atMs, refusalCode: 'digits_wrong' }));

describe('typed digits', () => {
  it('are taken when they are right, whatever was wrong before', () => {
    expect(checkDigits([], NOW_MS, () => true).ok).toBe(true);
    expect(checkDigits(wrong(DIGITS_TRIES_MAX - 1), NOW_MS, () => true).ok).toBe(true);
  });

  it.each([
    [0, 4],
    [1, 3],
    [4, 0],
  ])('that are wrong after %d wrong ones leave %d tries', (count, triesLeft) => {
    expect(checkDigits(wrong(count), NOW_MS, () => false)).toEqual({
      ok: false,
      error: { code: 'digits_wrong', data: { triesLeft } },
    });
  });

  it('are not even looked at once there were too many wrong ones', () => {
    const areRight = jest.fn(() => true);

    expect(checkDigits(wrong(DIGITS_TRIES_MAX), NOW_MS, areRight)).toEqual({
      ok: false,
      error: { code: 'digits_locked' },
    });
    expect(areRight).not.toHaveBeenCalled();
  });

  it('are taken again an hour after the wrong ones', () => {
    const attempts = wrong(DIGITS_TRIES_MAX, NOW_MS);

    expect(checkDigits(attempts, NOW_MS + HOUR_MS - 1, () => true).ok).toBe(false);
    expect(checkDigits(attempts, NOW_MS + HOUR_MS, () => true).ok).toBe(true);
  });

  it('are not locked by attempts that failed or succeeded otherwise', () => {
    const others = Array.from({ length: 2 * DIGITS_TRIES_MAX }, (_, at): EarlierAttempt =>
      at % 2 === 0 ? { atMs: NOW_MS - 1 } : { atMs: NOW_MS - 1, refusalCode: 'code_expired' },
    );

    expect(checkDigits(others, NOW_MS, () => true).ok).toBe(true);
  });
});
