import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Unpredictable text of digits and lower-case letters. */
export const randomText = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Unpredictable decimal digits; at most 14 of them. */
export const randomDigits = (length: number): string => String(randomInt(10 ** length)).padStart(length, '0');
