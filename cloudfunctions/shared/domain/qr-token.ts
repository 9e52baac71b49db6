import { fail, ok, type Result } from '../../../miniprogram/contract/result';

/** A code is made for one window and accepted in the one before and after it: a phone's slow scan, a server's clock. */
export const CODE_WINDOW_MS = 30_000;
const WINDOWS_OF_SKEW = 1;

const VERSION = 'SDV1';
const MAC_CHARACTERS = 16;
const DIGITS = 6;

/** Keyed hash of a text, as lower-case hex. The key stays at the edge. */
export type Mac = (text: string) => string;

export const windowOf = (nowMs: number): number => Math.floor(nowMs / CODE_WINDOW_MS);

/** The end of the window in which a code made at `nowMs` is fresh. */
export const windowEndMs = (nowMs: number): number => (windowOf(nowMs) + 1) * CODE_WINDOW_MS;

const macOf = (text: string, mac: Mac): string => mac(`qr:${text}`).slice(0, MAC_CHARACTERS);

/** Text of the dynamic QR picture: version, opaque reference, window, nonce, truncated HMAC. No name, ID number or 券码. */
export function makeQrText(reference: string, nonce: string, nowMs: number, mac: Mac): string {
  const body = [VERSION, reference, windowOf(nowMs).toString(36), nonce].join('.');
  return `${body}.${macOf(body, mac)}`;
}

/** A genuine picture, however old it is. */
export interface ScannedCode {
  reference: string;
  nonce: string;
  /** In which window it was made. */
  window: number;
}

const SHAPE = new RegExp(
  `^(${VERSION}\\.([0-9a-z]{16})\\.([0-9a-z]{1,9})\\.([0-9a-z]{8}))\\.([0-9a-f]{${MAC_CHARACTERS}})$`,
);

/** What the text says, whoever wrote it. */
function parse(text: string) {
  const [, body = '', reference = '', window = '', nonce = '', given = ''] = SHAPE.exec(text) ?? [];
  return body ? { body, reference, window: parseInt(window, 36), nonce, given } : undefined;
}

/** Age is not judged here. @returns code_unrecognised for another kind of QR code; code_forged. */
export function readQrText(text: string, mac: Mac): Result<ScannedCode> {
  const parsed = parse(text);
  if (!parsed) return fail('code_unrecognised');
  const { body, reference, window, nonce, given } = parsed;
  return macOf(body, mac) === given ? ok({ reference, nonce, window }) : fail('code_forged');
}

/** Whether a code of that window is accepted at that time. */
export const isFresh = (window: number, nowMs: number): boolean =>
  Math.abs(windowOf(nowMs) - window) <= WINDOWS_OF_SKEW;

const digitsIn = (reference: string, window: number, mac: Mac): string =>
  (parseInt(mac(`digits:${reference}.${window}`).slice(0, 12), 16) % 10 ** DIGITS)
    .toString()
    .padStart(DIGITS, '0');

/** Six digits that go with the picture, for the day the camera fails; typed beside the person's row, so they need not be unique. */
export const makeDigits = (reference: string, nowMs: number, mac: Mac): string =>
  digitsIn(reference, windowOf(nowMs), mac);

/** The fresh window, the latest if there are several, to which the digits of this voucher belong; undefined when they are wrong or old. */
export function findDigitsWindow(
  digits: string,
  reference: string,
  nowMs: number,
  mac: Mac,
): number | undefined {
  const now = windowOf(nowMs);
  return [now + 1, now, now - 1].find(window => digitsIn(reference, window, mac) === digits);
}
