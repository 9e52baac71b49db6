/*
 * What people type and paste, read as they mean it: the same on the phone and in the functions. Written without Unicode
 * property escapes, which older phones do not know.
 */

/**
 * Characters that nobody sees: Default_Ignorable_Code_Point of Unicode (soft hyphen, zero-width characters, marks and
 * isolates of writing direction, variation selectors, fillers, tags) and the marks of interlinear annotation. They come
 * along from web pages and chats, and can make one text look like another.
 */
const UNSEEN =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]|[\udb40-\udb43][\udc00-\udfff]/g;
/** Blanks of every width, tabs, breaks of lines and pages; the empty Braille cell is used as one. */
const BLANKS = /[\s\u0085\u2800]+/g;
// eslint is right that control characters are odd in a pattern; here they are what is taken out.
const CONTROLS = new RegExp('[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f]', 'g');

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
