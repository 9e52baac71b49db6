import { FileRefusal, refuseCorrupt } from './file-refusal';

/** One file in a ZIP archive, by the central directory (PKWARE APPNOTE 4.3.12). */
export interface ZipEntry {
  method: 'stored' | 'deflated';
  packed: Uint8Array;
  /** Declared, not yet believed. */
  expandedBytes: number;
  checksum: number;
}

/** Workbooks have some ten entries, with many pictures and sheets a few hundred. */
export const ZIP_ENTRIES_MAX = 1_000;

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const ZIP64_EXTRA_ID = 1;
const ZIP64_MARK = 0xffffffff;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const LOCATOR64_BYTES = 20;
const ZIP64_SHORT_MARK = 0xffff;
const ENCRYPTED_FLAG = 1;
const METHODS = new Map<number, ZipEntry['method']>([
  [0, 'stored'],
  [8, 'deflated'],
]);

/**
 * Entries of an archive by partName. Only the central directory counts: local headers may lack sizes and are not what
 * Excel goes by. Throws a FileRefusal: file_corrupt if the structure does not hold, file_expands_too_much if there
 * are more than ZIP_ENTRIES_MAX entries, file_type_unsupported if they are encrypted.
 */
export const readZipDirectory = (bytes: Uint8Array): Map<string, ZipEntry> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readEntries(bytes, view);
  } catch (error) {
    // An offset that points outside the file.
    if (error instanceof RangeError) return refuseCorrupt();
    throw error;
  }
};

const readEntries = (bytes: Uint8Array, view: DataView): Map<string, ZipEntry> => {
  const end = findEnd(view);
  const { count, directoryAt } = readEnd(view, end);
  if (count > ZIP_ENTRIES_MAX)
    throw new FileRefusal('file_expands_too_much', { entriesMax: ZIP_ENTRIES_MAX });
  const entries = new Map<string, ZipEntry>();
  let at = directoryAt;
  for (let read = 0; read < count; read += 1) {
    if (view.getUint32(at, true) !== CENTRAL_SIGNATURE) refuseCorrupt();
    const nameBytes = view.getUint16(at + 28, true);
    const name = partName(
      new TextDecoder().decode(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes)),
    );
    // Two files of one name: which of them a reader takes is chance, so neither.
    if (entries.has(name)) refuseCorrupt();
    entries.set(name, readEntry(bytes, view, at));
    at += CENTRAL_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

/** Names of parts ignore case (OPC, ECMA-376 part 2), and some writers separate folders by backslashes. */
export const partName = (name: string): string => name.replaceAll('\\', '/').toLowerCase();

/** The end record is the last thing in the file but for a comment, so it is searched from behind. */
const findEnd = (view: DataView): number => {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - COMMENT_BYTES_MAX; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return refuseCorrupt();
};

/** How many entries there are and where they are listed; with marks for both, the ZIP64 end record says so (APPNOTE 4.3.14). */
const readEnd = (view: DataView, end: number): { count: number; directoryAt: number } => {
  const count = view.getUint16(end + 10, true);
  const directoryAt = view.getUint32(end + 16, true);
  const locator = end - LOCATOR64_BYTES;
  const isMarked = count === ZIP64_SHORT_MARK || directoryAt === ZIP64_MARK;
  if (!isMarked || locator < 0 || view.getUint32(locator, true) !== LOCATOR64_SIGNATURE)
    return { count, directoryAt };
  const end64 = Number(view.getBigUint64(locator + 8, true));
  if (view.getUint32(end64, true) !== END64_SIGNATURE) return refuseCorrupt();
  return {
    count: Number(view.getBigUint64(end64 + 32, true)),
    directoryAt: Number(view.getBigUint64(end64 + 48, true)),
  };
};

const readEntry = (bytes: Uint8Array, view: DataView, at: number): ZipEntry => {
  const method = METHODS.get(view.getUint16(at + 10, true));
  const isEncrypted = (view.getUint16(at + 8, true) & ENCRYPTED_FLAG) !== 0;
  if (isEncrypted) throw new FileRefusal('file_type_unsupported', { kind: 'encrypted' });
  if (method === undefined) return refuseCorrupt();
  const sizes = readSizes(view, at);
  const start = dataStart(view, sizes.localAt);
  if (start + sizes.packedBytes > bytes.length) return refuseCorrupt();
  return {
    method,
    packed: bytes.subarray(start, start + sizes.packedBytes),
    expandedBytes: sizes.expandedBytes,
    checksum: view.getUint32(at + 16, true),
  };
};

const dataStart = (view: DataView, localAt: number): number => {
  if (view.getUint32(localAt, true) !== LOCAL_SIGNATURE) return refuseCorrupt();
  return localAt + LOCAL_BYTES + view.getUint16(localAt + 26, true) + view.getUint16(localAt + 28, true);
};

/** Sizes and place of an entry. Some writers mark them as ZIP64 even in small files; then they are in the extra field. */
const readSizes = (view: DataView, at: number) => {
  let zip64At = findZip64Extra(view, at);
  const readSize = (field: number): number => {
    const size = view.getUint32(field, true);
    if (size !== ZIP64_MARK) return size;
    if (zip64At === undefined) return refuseCorrupt();
    const long = Number(view.getBigUint64(zip64At, true));
    zip64At += 8;
    return long;
  };
  // The order is that of the ZIP64 extra field (APPNOTE 4.5.3).
  const expandedBytes = readSize(at + 24);
  const packedBytes = readSize(at + 20);
  const localAt = readSize(at + 42);
  return { expandedBytes, packedBytes, localAt };
};

const findZip64Extra = (view: DataView, at: number): number | undefined => {
  let extraAt = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
  const extraEnd = extraAt + view.getUint16(at + 30, true);
  while (extraAt + 4 <= extraEnd) {
    if (view.getUint16(extraAt, true) === ZIP64_EXTRA_ID) return extraAt + 4;
    extraAt += 4 + view.getUint16(extraAt + 2, true);
  }
  return undefined;
};
