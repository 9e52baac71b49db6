/** Digits are read aloud in groups and typed with spaces, sometimes full-width. */
export const cleanDigits = (typed: string): string =>
  typed
    .replace(/[０-９]/g, digit => String(digit.charCodeAt(0) - 0xff10))
    .replace(/\D/g, '')
    .slice(0, DIGITS_COUNT);

export const DIGITS_COUNT = 6;

export const areComplete = (digits: string): boolean => digits.length === DIGITS_COUNT;

export const digitsUrl = (voucherId: string, digits: string): string =>
  `/institution/scan-result/scan-result?voucher=${encodeURIComponent(voucherId)}&digits=${digits}`;
