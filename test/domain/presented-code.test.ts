import { isReplayed, judgeCode, type PresentedCode } from '../../cloudfunctions/shared/domain/presented-code';
import { CODE_WINDOW_MS, windowOf } from '../../cloudfunctions/shared/domain/qr-token';
import type { EntryOf, StepMark, Voucher } from '../../cloudfunctions/shared/domain/voucher';
import { branded } from '../support/branded';
import { refused } from '../support/refused';
import { ADMINISTRATOR, aVoucher, NOW_MS } from './a-voucher';

const WINDOW = windowOf(NOW_MS);
const DAY_MS = 24 * 60 * 60 * 1000;
const MARK = branded<StepMark<'use'>>({ command: 'use', requestId: 'request', personKey: 'administrator' });

const useOf = (facts: Partial<EntryOf<'use'>> = {}): EntryOf<'use'> => ({
  command: 'use',
  from: 'claimed',
  to: 'used',
  atMs: NOW_MS,
  by: ADMINISTRATOR,
  requestId: 'request',
  ...facts,
});
const usedBy = (entry: EntryOf<'use'>): Voucher => aVoucher({ status: 'used', history: [entry] });
const judge = (voucher: Voucher, { mark = MARK, laterMs = 0 } = {}) =>
  judgeCode(voucher, { window: WINDOW, nonce: 'picture' }, { mark, nowMs: NOW_MS + laterMs });

describe('a code that is presented', () => {
  const claimed = aVoucher({ status: 'claimed' });

  it('is judged by the time at which it is presented, whenever its request came first', () => {
    expect(judge(claimed)).toEqual({ ok: true, data: {} });
    expect(judge(claimed, { laterMs: 2 * CODE_WINDOW_MS })).toEqual(refused('code_expired'));
    expect(judge(claimed, { laterMs: 3 * DAY_MS })).toEqual(refused('code_expired'));
  });

  it('gets the success of the very same request again, however old it is', () => {
    const entry = useOf();

    expect(judge(usedBy(entry), { laterMs: 3 * DAY_MS })).toEqual({ ok: true, data: { earlier: entry } });
  });

  it.each([
    ['request', { ...MARK, requestId: 'another' }],
    ['person', { ...MARK, personKey: branded<StepMark['personKey']>('colleague') }],
  ])('has expired for another %s, though somebody succeeded with it', (_what, mark) => {
    expect(judge(usedBy(useOf()), { mark, laterMs: 2 * CODE_WINDOW_MS })).toEqual(refused('code_expired'));
  });
});

describe('a code that comes again after a scan was taken back', () => {
  const replayed = (entry: Partial<EntryOf<'use'>>, code: PresentedCode): boolean =>
    isReplayed({ history: [useOf(entry)] }, code);
  const byPicture = { nonce: 'picture', codeWindow: WINDOW };
  const byDigits = { codeWindow: WINDOW };

  it.each<[what: string, PresentedCode, boolean]>([
    ['the same picture', { window: WINDOW, nonce: 'picture' }, true],
    ['a picture of an earlier window', { window: WINDOW - 1, nonce: 'other' }, true],
    ['another picture of the window', { window: WINDOW, nonce: 'other' }, false],
    ['a picture of a later window', { window: WINDOW + 1, nonce: 'other' }, false],
    ['the digits of an earlier window', { window: WINDOW - 1 }, true],
    ['the digits of the window', { window: WINDOW }, false],
    ['the digits of a later window', { window: WINDOW + 1 }, false],
  ])('%s, where a picture has counted: %p', (_what, code, isOld) => {
    expect(replayed(byPicture, code)).toBe(isOld);
  });

  it.each<[what: string, PresentedCode, boolean]>([
    ['the same digits', { window: WINDOW }, true],
    ['the digits of an earlier window', { window: WINDOW - 1 }, true],
    ['the digits of a later window', { window: WINDOW + 1 }, false],
    ['a picture of an earlier window', { window: WINDOW - 1, nonce: 'picture' }, true],
    ['a picture of the window', { window: WINDOW, nonce: 'picture' }, false],
    ['a picture of a later window', { window: WINDOW + 1, nonce: 'picture' }, false],
  ])('%s, where digits have counted: %p', (_what, code, isOld) => {
    expect(replayed(byDigits, code)).toBe(isOld);
  });

  it('is held against the time of a scan that does not tell the window of its code', () => {
    expect(replayed({}, { window: WINDOW })).toBe(true);
    expect(replayed({}, { window: WINDOW + 1 })).toBe(false);
    expect(replayed({ nonce: 'picture' }, { window: WINDOW, nonce: 'other' })).toBe(false);
  });
});
