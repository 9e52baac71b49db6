/** Digits are read aloud in groups and typed with spaces, sometimes full-width. */
export const cleanDigits = (typed: string): string =>
  typed
    .replace(/[０-９]/g, digit => String(digit.charCodeAt(0) - 0xff10))
    .replace(/\D/g, '')
    .slice(0, DIGITS_COUNT);

export const DIGITS_COUNT = 6;

export const areComplete = (digits: string): boolean => digits.length === DIGITS_COUNT;

/** For a 通用券, which stands on no list: the 券码 is read out beside the digits. */
export const codeDigitsUrl = (given: { classId: string; code: string; digits: string }): string =>
  `/institution/scan-result/scan-result?class=${encodeURIComponent(given.classId)}` +
  `&code=${encodeURIComponent(given.code.trim())}&digits=${given.digits}`;

export const digitsUrl = (voucherId: string, digits: string): string =>
  `/institution/scan-result/scan-result?voucher=${encodeURIComponent(voucherId)}&digits=${digits}`;
