import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { attempt, StoreUnavailable } from './attempt';
import { storage } from './database';
import { DocumentCollection } from './document-collection';
import { below, oneOf, type Stored } from './query';

/** Links that the functions use themselves. */
const OWN_LINK_SECONDS = 600;
/** Links that are handed out: long enough to download a result, short enough to be of no use when passed on. */
const RESULT_LINK_SECONDS = 60 * 60;
const DOWNLOAD_TIMEOUT_MS = 15_000;
/** The service deletes no more in one request. */
const DELETED_AT_ONCE_MAX = 50;
/** What the service says of a file that is not there any more: some were deleted as soon as they had served. */
const GONE: ReadonlySet<string> = new Set(['SUCCESS', 'STORAGE_FILE_NONEXIST']);

/** A file that was read or made, by its fileId: noted so that it goes one day even if nobody finishes what it was for. */
interface NotedFile extends Stored {
  atMs: number;
}

const files = new DocumentCollection<NotedFile, 'files'>('files');

/**
 * What somebody has uploaded, read no further than it may be long.
 * @returns the bytes; file_not_found; file_too_large {bytesMax}. @throws StoreUnavailable when the storage fails.
 */
export async function readUpload(fileId: string, bytesMax: number): Promise<Result<Uint8Array>> {
  const url = await linkTo(fileId, OWN_LINK_SECONDS);
  if (url === undefined) return fail('file_not_found');
  await note(fileId);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (response.status === 404) return fail('file_not_found');
    if (!response.ok) throw new StoreUnavailable(`storage answered ${response.status}`);
    const bytes = await readBounded(response, bytesMax);
    return bytes ? ok(bytes) : fail('file_too_large', { bytesMax });
  } catch (error) {
    // Errors of fetch quote the link, which is as good as the file.
    throw error instanceof StoreUnavailable ? error : new StoreUnavailable('storage unreachable');
  }
}

/** @returns undefined as soon as there are more bytes than allowed. */
async function readBounded(response: Response, bytesMax: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > bytesMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Stores what a function made. @returns a link to it that expires. */
export async function keepResult(cloudPath: string, bytes: Uint8Array): Promise<string | undefined> {
  const { fileID } = await attempt(() =>
    storage.uploadFile({ cloudPath, fileContent: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) }),
  );
  await note(fileID);
  return linkTo(fileID, RESULT_LINK_SECONDS);
}

/** The first note counts: reading a file again does not make it stay longer. */
async function note(fileId: string): Promise<void> {
  await files.insert({ id: fileId, version: 1, atMs: Date.now() });
}

/** Deletes the files noted before a time, as many as one request takes. @returns how many are gone. */
export async function deleteFilesBefore(atMs: number): Promise<number> {
  const old = await files.read({ where: { atMs: below(atMs) }, limit: DELETED_AT_ONCE_MAX });
  if (old.length === 0) return 0;
  const { fileList } = await attempt(() => storage.deleteFile({ fileList: old.map(({ id }) => id) }));
  const gone = fileList.filter(({ code }) => GONE.has(code)).map(({ fileID }) => fileID);
  return files.remove({ _id: oneOf(gone) });
}

/** A file that is not there any more is as good as deleted. */
export async function deleteFile(fileId: string): Promise<void> {
  await attempt(() => storage.deleteFile({ fileList: [fileId] }));
}

/** @returns undefined for a file that does not exist in this environment. */
async function linkTo(fileID: string, maxAge: number): Promise<string | undefined> {
  const { fileList } = await attempt(() => storage.getTempFileURL({ fileList: [{ fileID, maxAge }] }));
  const [file] = fileList;
  return file?.code === 'SUCCESS' ? encodeURI(file.tempFileURL) : undefined;
}
