import { refuseCorrupt } from './file-refusal';

const BYTE_ORDER_MARKS: readonly [string, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Tried in this order: Chinese text in GB18030 is hardly ever valid UTF-8 by chance, the reverse happens. */
const UNMARKED_ENCODINGS = ['utf-8', 'gb18030'] as const;

/**
 * Text of a file in UTF-8, GB18030 (what Chinese Excel saves as CSV; covers GBK and GB 2312) or marked UTF-16
 * (Excel's "Unicode text"). Throws a FileRefusal file_corrupt if it is valid in none or holds NUL characters.
 */
export const decodeText = (bytes: Uint8Array): string => {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  const encodings = marked ? [marked[0]] : UNMARKED_ENCODINGS;
  for (const encoding of encodings) {
    const text = tryDecode(bytes, encoding);
    if (text !== undefined) return text.includes('\0') ? refuseCorrupt() : text;
  }
  return refuseCorrupt();
};

const tryDecode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
