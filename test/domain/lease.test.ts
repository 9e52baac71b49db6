import { isHeld } from '../../cloudfunctions/shared/domain/lease';
import { NOW_MS } from './a-voucher';

const MINUTE_MS = 60_000;

describe('what is held for a short time', () => {
  it('is free once that is over', () => {
    expect(isHeld(NOW_MS + 1, NOW_MS)).toBe(true);
    expect(isHeld(NOW_MS, NOW_MS)).toBe(false);
  });

  it('is held although the clock of who holds it is somewhat ahead', () => {
    expect(isHeld(NOW_MS + 2 * MINUTE_MS, NOW_MS)).toBe(true);
  });

  it('is free where it would last longer than anything does: the clock has been set back', () => {
    expect(isHeld(NOW_MS + 4 * MINUTE_MS, NOW_MS)).toBe(false);
    expect(isHeld(NOW_MS + 24 * 60 * MINUTE_MS, NOW_MS)).toBe(false);
  });
});
