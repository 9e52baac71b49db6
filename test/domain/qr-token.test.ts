import { createHmac } from 'node:crypto';
import {
  CODE_WINDOW_MS,
  findDigitsWindow,
  isFresh,
  makeDigits,
  makeQrText,
  readQrText,
  windowEndMs,
  windowOf,
} from '../../cloudfunctions/shared/domain/qr-token';
import { NOW_MS } from './a-voucher';

const mac = (text: string): string => createHmac('sha256', 'key').update(text).digest('hex');
const otherMac = (text: string): string => createHmac('sha256', 'another key').update(text).digest('hex');
const REFERENCE = 'abcdefgh01234567';
const NONCE = 'nonce123';
/** In the middle of a window, so that a test can step to both sides. */
const MADE_MS = windowEndMs(NOW_MS) + CODE_WINDOW_MS / 2;

describe('the picture', () => {
  const text = makeQrText(REFERENCE, NONCE, MADE_MS, mac);

  it('is read back, however old it is', () => {
    expect(readQrText(text, mac)).toEqual({
      ok: true,
      data: { reference: REFERENCE, nonce: NONCE, window: windowOf(MADE_MS) },
    });
  });

  it.each([
    ['a window later', CODE_WINDOW_MS, true],
    ['a window earlier, by a server whose clock is behind', -CODE_WINDOW_MS, true],
    ['two windows later', 2 * CODE_WINDOW_MS, false],
    ['two windows earlier', -2 * CODE_WINDOW_MS, false],
    ['a day later', 24 * 60 * 60 * 1000, false],
  ])('scanned %s is fresh or not by its window', (_when, laterMs, fresh) => {
    expect(isFresh(windowOf(MADE_MS), MADE_MS + laterMs)).toBe(fresh);
  });

  it('lives no longer than 60 seconds after it was replaced on the phone', () => {
    const shownUntilMs = windowEndMs(MADE_MS);

    expect(isFresh(windowOf(MADE_MS), shownUntilMs + CODE_WINDOW_MS)).toBe(false);
  });

  it.each([
    ['made with another key', makeQrText(REFERENCE, NONCE, MADE_MS, otherMac)],
    ['with another voucher in it', text.replace(REFERENCE, 'bbcdefgh01234567')],
    ['with another nonce in it', text.replace(NONCE, 'nonce124')],
    ['moved to a later window', text.replace(/\.([0-9a-z]+)\.nonce/, '.zzzzzz.nonce')],
    ['with its last character changed', text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')],
  ])('%s is forged', (_what, forged) => {
    expect(readQrText(forged, mac)).toEqual({ ok: false, error: { code: 'code_forged' } });
  });

  it.each([
    ['nothing', ''],
    ['a link', 'https://weixin.example/q/02'],
    ['an e-SSC code', '1234567890123456789012345678'],
    ['a class code', 'SDC1.abcdefgh01234567.1.x'],
    ['a code of a later version', text.replace('SDV1', 'SDV2')],
    ['a code with something behind it', `${text}.`],
    ['a very long text', 'A'.repeat(5_000)],
  ])('%s is another kind of code', (_what, other) => {
    expect(readQrText(other, mac)).toEqual({ ok: false, error: { code: 'code_unrecognised' } });
  });

  it('holds an opaque reference and nothing of the person', () => {
    expect(text).toMatch(/^SDV1\.abcdefgh01234567\.[0-9a-z]{1,9}\.nonce123\.[0-9a-f]{16}$/);
  });
});

describe('the digits', () => {
  const digits = makeDigits(REFERENCE, MADE_MS, mac);

  it('are six, and right while they are fresh', () => {
    expect(digits).toMatch(/^\d{6}$/);
    for (const laterMs of [-CODE_WINDOW_MS, 0, CODE_WINDOW_MS]) {
      expect(findDigitsWindow(digits, REFERENCE, MADE_MS + laterMs, mac)).toBe(windowOf(MADE_MS));
    }
  });

  it('are wrong two windows later, for another voucher, and under another key', () => {
    expect(findDigitsWindow(digits, REFERENCE, MADE_MS + 2 * CODE_WINDOW_MS, mac)).toBeUndefined();
    expect(findDigitsWindow(digits, 'bbcdefgh01234567', MADE_MS, mac)).toBeUndefined();
    expect(findDigitsWindow(digits, REFERENCE, MADE_MS, otherMac)).toBeUndefined();
  });

  it.each(['', '12345', `${makeDigits(REFERENCE, MADE_MS, mac)}0`, 'abcdef'])('are not %p', typed => {
    expect(findDigitsWindow(typed, REFERENCE, MADE_MS, mac)).toBeUndefined();
  });
});
