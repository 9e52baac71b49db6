const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** CRC-32 of ISO 3309 as ZIP and gzip use it. Pass the result so far to go on with the next piece. */
export const crc32 = (bytes: Uint8Array, soFar = 0): number => {
  let checksum = ~soFar;
  for (const byte of bytes) checksum = (TABLE[(checksum ^ byte) & 0xff] ?? 0) ^ (checksum >>> 8);
  return ~checksum >>> 0;
};
