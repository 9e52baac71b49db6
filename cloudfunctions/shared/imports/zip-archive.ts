import { Inflate } from 'fflate';
import { crc32 } from './crc32';
import { FileRefusal, refuseCorrupt } from './file-refusal';
import { partName, readZipDirectory, type ZipEntry } from './zip-directory';

/** Most bytes that a workbook may unfold to. 10,000 rows with forty columns need about half of it. */
export const EXPANDED_BYTES_MAX = 64 * 1024 * 1024;

/** Compressed bytes given to the inflater at once: bounds what one step can produce (deflate's best ratio is 1 : 1032). */
const INFLATE_STEP_BYTES = 4 * 1024;

/** A ZIP archive whose entries are unfolded one at a time, in pieces, against one common bound. */
export interface ZipArchive {
  has(name: string): boolean;
  /** Names of the entries, in small letters and with slashes. */
  names(): Iterable<string>;
  /** Of all the XML that was read from it so far: each takes time, however short. */
  readonly tags: { count: number };
  /**
   * Hands the content of an entry over in pieces, in order. Throws a FileRefusal: file_corrupt if there is no such
   * entry or its bytes do not fit its size and check sum, file_expands_too_much once the bound is reached.
   */
  read(name: string, onPiece: (piece: Uint8Array) => void): void;
}

/**
 * Opens an archive by its central directory. Declared sizes are added up first, so an honest bomb costs nothing;
 * what really comes out is counted as well, over all reads, so lying sizes, overlapping entries and one entry named
 * many times gain nothing.
 */
export const openZip = (bytes: Uint8Array): ZipArchive => {
  const entries = readZipDirectory(bytes);
  let declaredBytes = 0;
  for (const entry of entries.values()) declaredBytes += entry.expandedBytes;
  if (declaredBytes > EXPANDED_BYTES_MAX) refuseExpanding();

  let expandedBytes = 0;
  const count = (piece: Uint8Array): void => {
    expandedBytes += piece.length;
    if (expandedBytes > EXPANDED_BYTES_MAX) refuseExpanding();
  };
  return {
    has: name => entries.has(partName(name)),
    names: () => entries.keys(),
    tags: { count: 0 },
    read: (name, onPiece) => {
      const entry = entries.get(partName(name)) ?? refuseCorrupt();
      readEntry(entry, piece => {
        count(piece);
        onPiece(piece);
      });
    },
  };
};

const readEntry = (entry: ZipEntry, onPiece: (piece: Uint8Array) => void): void => {
  let entryBytes = 0;
  let checksum = 0;
  const take = (piece: Uint8Array): void => {
    entryBytes += piece.length;
    // A size that lies is corruption, told before the surplus is looked at.
    if (entryBytes > entry.expandedBytes) refuseCorrupt();
    checksum = crc32(piece, checksum);
    onPiece(piece);
  };
  if (entry.method === 'stored') take(entry.packed);
  else inflate(entry.packed, take);
  if (entryBytes !== entry.expandedBytes || checksum !== entry.checksum) refuseCorrupt();
};

const inflate = (packed: Uint8Array, onPiece: (piece: Uint8Array) => void): void => {
  const inflater = new Inflate(onPiece);
  for (let at = 0; at < packed.length; at += INFLATE_STEP_BYTES) {
    const end = at + INFLATE_STEP_BYTES;
    push(inflater, packed.subarray(at, end), end >= packed.length);
  }
};

const push = (inflater: Inflate, piece: Uint8Array, isLast: boolean): void => {
  try {
    inflater.push(piece, isLast);
  } catch (error) {
    // Whatever else comes out was thrown by onPiece and is on its way to someone.
    if (isFlateError(error)) refuseCorrupt();
    throw error;
  }
};

const isFlateError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'number';

const refuseExpanding = (): never => {
  throw new FileRefusal('file_expands_too_much', { bytesMax: EXPANDED_BYTES_MAX });
};
