import {
  areDigitsLocked,
  DIGITS_TRIES_MAX,
  judgeDigits,
  type WrongDigits,
} from '../../cloudfunctions/shared/domain/digits-lock';
import { CODE_WINDOW_MS, windowEndMs } from '../../cloudfunctions/shared/domain/qr-token';
import { NOW_MS } from './a-voucher';

const HOUR_MS = 60 * 60 * 1000;
const AT = { nowMs: NOW_MS, key: 'request' };
const RIGHT = 7;

const wrong = (count: number, atMs = NOW_MS - 1): WrongDigits[] =>
  Array.from({ length: count }, (_, at) => ({ atMs, key: `earlier${at}` }));

describe('typed digits', () => {
  it('are taken when they are right, whatever was wrong before', () => {
    for (const count of [0, DIGITS_TRIES_MAX - 1])
      expect(judgeDigits(wrong(count), AT, () => RIGHT)).toEqual({ kind: 'right', window: RIGHT });
  });

  it.each([
    [0, 4],
    [1, 3],
    [4, 0],
  ])('that are wrong after %d wrong ones leave %d tries, and are kept beside them', (count, triesLeft) => {
    expect(judgeDigits(wrong(count), AT, () => undefined)).toEqual({
      kind: 'wrong',
      kept: [...wrong(count), { atMs: NOW_MS, key: 'request' }],
      refusal: { code: 'digits_wrong', data: { triesLeft } },
    });
  });

  it('are not even looked at once there were too many wrong ones', () => {
    const findWindow = jest.fn(() => RIGHT);

    expect(judgeDigits(wrong(DIGITS_TRIES_MAX), AT, findWindow)).toEqual({
      kind: 'refused',
      refusal: { code: 'digits_locked' },
    });
    expect(findWindow).not.toHaveBeenCalled();
  });

  it('are taken again an hour after the wrong ones, which are then forgotten', () => {
    const tries = wrong(DIGITS_TRIES_MAX, NOW_MS);
    const at = (nowMs: number) => judgeDigits(tries, { ...AT, nowMs }, () => undefined);

    expect(at(NOW_MS + HOUR_MS - 1).kind).toBe('refused');
    expect(at(NOW_MS + HOUR_MS)).toMatchObject({ kind: 'wrong', kept: [{ key: 'request' }] });
    expect([areDigitsLocked(tries, NOW_MS + HOUR_MS - 1), areDigitsLocked(tries, NOW_MS + HOUR_MS)]).toEqual([
      true,
      false,
    ]);
  });

  it('are not locked for longer by wrong ones of a clock that has been set back since', () => {
    expect(areDigitsLocked(wrong(DIGITS_TRIES_MAX, NOW_MS + 24 * HOUR_MS), NOW_MS)).toBe(false);
  });

  it('of the same request within the window get the same answer, unjudged, and use up nothing', () => {
    const tries = [...wrong(2), { atMs: NOW_MS, key: 'request' }, ...wrong(2)];
    const findWindow = jest.fn(() => RIGHT);

    expect(judgeDigits(tries, AT, findWindow)).toEqual({
      kind: 'refused',
      refusal: { code: 'digits_wrong', data: { triesLeft: 2 } },
    });
    expect(findWindow).not.toHaveBeenCalled();
  });

  it('of the same request in a later window are another try', () => {
    const nowMs = windowEndMs(NOW_MS) + CODE_WINDOW_MS;
    const tries = [{ atMs: NOW_MS, key: 'request' }];

    expect(judgeDigits(tries, { ...AT, nowMs }, () => undefined)).toMatchObject({
      kind: 'wrong',
      refusal: { data: { triesLeft: 3 } },
    });
  });
});
