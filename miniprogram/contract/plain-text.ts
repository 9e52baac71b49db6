/*
 * What people type and paste, read as they mean it: the same on the phone and in the functions. Written without Unicode
 * property escapes, which older phones do not know.
 */

type Range = readonly [from: number, to: number];

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** One of the characters within the ranges, as the text of a pattern. */
const oneOf = (ranges: readonly Range[]): string =>
  `[${ranges.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('')}]`;

/**
 * Characters that nobody sees: Default_Ignorable_Code_Point of Unicode (soft hyphen, zero-width characters, marks and
 * isolates of writing direction, variation selectors, fillers, tags) and the marks of interlinear annotation. They come
 * along from web pages and chats, and can make one text look like another.
 */
const UNSEEN_RANGES: readonly Range[] = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
];
/** Those beyond the first plane, as pairs of surrogates. */
const UNSEEN_PAIRS = [
  '\\ud82f[\\udca0-\\udca3]',
  '\\ud834[\\udd73-\\udd7a]',
  '[\\udb40-\\udb43][\\udc00-\\udfff]',
];
const UNSEEN = new RegExp([oneOf(UNSEEN_RANGES), ...UNSEEN_PAIRS].join('|'), 'g');
/** Blanks of every width, tabs, breaks of lines and pages; the empty Braille cell is used as one. */
const BLANKS = /[\s\u0085\u2800]+/g;
/** Control characters that are no blanks. */
const CONTROLS = new RegExp(
  oneOf([
    [0x00, 0x08],
    [0x0e, 0x1f],
    [0x7f, 0x84],
    [0x86, 0x9f],
  ]),
  'g',
);

/** In one line: breaks and tabs are blanks, blanks are single, nothing is invisible. NFC. */
export const toOneLine = (text: string): string =>
  text.replace(UNSEEN, '').replace(CONTROLS, '').replace(BLANKS, ' ').normalize('NFC').trim();

/** {@link toOneLine} with full-width digits, letters, signs and blanks as half-width ones (NFKC). */
export const toHalfWidth = (text: string): string => toOneLine(toOneLine(text).normalize('NFKC'));

/** Quotes, and dashes of every length: `‐` to `―`, the minus sign, those of CJK and of small and full width. */
const QUOTES_AND_DASHES =
  /["'`\u00b4\u2018-\u201f\u2032\u2033\u2039\u203a\u00ab\u00bb\u300c-\u300f\uff02\uff07\-\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]/g;
const OUTER_SIGNS = /^[,;:.()[\]、。，；：．（）【】]+|[,;:.()[\]、。，；：．（）【】]+$/g;
/** Cyrillic and Greek letters and signs that are taken for the letter X. */
const X_LOOKALIKES = /[\u0425\u0445\u03a7\u03c7\u00d7\u2715\u2716\u2573\u2a2f]/g;

/**
 * A number or code of digits and capital letters as people type it: without blanks, dashes, quotes and outer signs, in
 * half width. What is left may still be anything.
 */
export const toCodeText = (text: string): string =>
  toHalfWidth(toOneLine(text).replace(QUOTES_AND_DASHES, ''))
    .replace(/ /g, '')
    .replace(QUOTES_AND_DASHES, '')
    .replace(OUTER_SIGNS, '')
    .replace(X_LOOKALIKES, 'X')
    .toUpperCase();
