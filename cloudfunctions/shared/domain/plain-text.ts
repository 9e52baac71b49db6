/** Zero-width characters, byte-order marks and direction marks: copied along from web pages and chats, seen by no one. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Full-width digits, letters, signs and spaces as half-width ones (NFKC), without invisible characters and outer spaces. */
export const toHalfWidth = (text: string): string => text.replace(INVISIBLE, '').normalize('NFKC').trim();

/** What the eye reads in a text that may hold any script: no invisible characters, no outer spaces, NFC. */
export const toVisibleText = (text: string): string => text.replace(INVISIBLE, '').normalize('NFC').trim();
