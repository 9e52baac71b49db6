/** What files of these kinds begin with: PDF, JPEG, PNG. */
const BEGINNINGS: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46, 0x2d],
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
];
const ENDINGS = ['pdf', 'jpg', 'png'] as const;

/** The kind of a scan, by what it begins with and not by its name; undefined for everything else. */
export const scanKindOf = (bytes: Uint8Array): (typeof ENDINGS)[number] | undefined =>
  ENDINGS[BEGINNINGS.findIndex(beginning => beginning.every((byte, at) => bytes[at] === byte))];
