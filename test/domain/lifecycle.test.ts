import { fail } from '../../miniprogram/contract/result';
import { Lifecycle, refuseBy, type Move } from '../../cloudfunctions/shared/domain/lifecycle';
import { CLERK, NOW_MS } from './a-voucher';

type Light = 'off' | 'on';

const MOVES = {
  install: { from: 'none', to: 'off', by: ['clerk'] },
  dust: { from: ['on', 'off'], to: 'same', by: ['clerk'] },
  light: { from: ['off'], to: 'on', by: ['clerk'] },
} as const satisfies Record<string, Move<Light>>;

const LIFE = new Lifecycle<Light, typeof MOVES>(
  MOVES,
  refuseBy({ install: 'invalid_input', dust: 'invalid_input', light: 'role_not_allowed' }),
);
const CONTEXT = { by: CLERK, nowMs: NOW_MS, requestId: 'request' };

describe('a life', () => {
  it('refuses with the command’s own code and the state as it is', () => {
    expect(LIFE.check('light', 'on')).toEqual(fail('role_not_allowed', { status: 'on' }));
    expect(LIFE.move('light', { status: 'on', history: [] }, CONTEXT)).toEqual(LIFE.check('light', 'on'));
  });

  it('cannot begin in the middle of itself', () => {
    expect(LIFE.allows('install', 'off')).toBe(false);
    expect(LIFE.check('install', 'on')).toEqual(fail('invalid_input', { status: 'on' }));
  });

  it('leaves a trace of a move that changes no state', () => {
    const moved = LIFE.move('dust', { status: 'on', history: [] }, CONTEXT);

    expect(moved).toMatchObject({
      ok: true,
      data: { status: 'on', history: [{ command: 'dust', from: 'on', to: 'on' }] },
    });
  });
});
