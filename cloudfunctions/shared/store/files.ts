import type { CityCode } from '../../../miniprogram/contract/areas';
import type {
  BatchId,
  ClassId,
  EntryApplicationId,
  PersonKey,
  TemplateId,
} from '../../../miniprogram/contract/ids';
import type { UploadPlace } from '../../../miniprogram/contract/imports';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { attempt, StoreUnavailable, waitAtMost } from './attempt';
import { storage } from './database';
import { DocumentCollection } from './document-collection';
import { below, oneOf, type Stored } from './query';

/** Links that the functions use themselves. */
const OWN_LINK_SECONDS = 600;
/** Links that are handed out: long enough to download a result, short enough to be of no use when passed on. */
const RESULT_LINK_SECONDS = 60 * 60;
/** Longest wait for a file to be sent or fetched. */
const TRANSFER_MS = 15_000;
/** The service deletes no more in one request. */
const DELETED_AT_ONCE_MAX = 50;
/** What the service says of a file that is not there any more: some were deleted as soon as they had served. */
const GONE: ReadonlySet<string> = new Set(['SUCCESS', 'STORAGE_FILE_NONEXIST']);

/** What an upload is for: who may have it read, as what, and into what. */
export interface UploadPurpose {
  personKey: PersonKey;
  purpose: 'roster' | 'codes' | 'scan' | 'institutions' | 'channels';
  placeId: ClassId | TemplateId | BatchId | EntryApplicationId | CityCode;
}

/** A file that is to come or was made, by its fileId: noted before it is there, so that it goes one day whatever happens. */
interface NotedFile extends Stored {
  atMs: number;
  /** Absent for what a function made itself. */
  upload?: UploadPurpose;
}

const files = new DocumentCollection<NotedFile, 'files'>('files');

/** Uploads of these are handed out; whatever else lies in their folder was uploaded without asking. */
const HANDED_OUT = /^cloud:\/\/[^/]+\/imports\/(roster|codes|scan|institutions|channels)\/[0-9a-f]+$/;
const NOT_ASKED_FOR = /^cloud:\/\/[^/]+\/imports\/[^/]+$/;

/** Where somebody may put a file for this purpose and no other. @param key unguessable; the same one gives the same place. */
export async function handOutPlace(key: string, upload: UploadPurpose): Promise<UploadPlace> {
  const cloudPath = `imports/${upload.purpose}/${key}`;
  return { cloudPath, fileId: await note(cloudPath, upload) };
}

/**
 * What somebody has uploaded to the place that was handed out to them, read no further than it may be long.
 * @returns the bytes; file_not_found, also for a file of another person or for another purpose; file_too_large {bytesMax};
 * operation_unknown to a mini-program that uploads without asking for a place. @throws StoreUnavailable when the storage fails.
 */
export async function readUpload(
  fileId: string,
  wanted: UploadPurpose,
  bytesMax: number,
): Promise<Result<Uint8Array>> {
  if (!HANDED_OUT.test(fileId)) return refuseUnasked(fileId);
  const noted = await files.find(fileId);
  if (!noted?.upload || !isSamePurpose(noted.upload, wanted)) return fail('file_not_found');
  return fetchFile(fileId, bytesMax);
}

/** @returns the bytes; file_not_found; file_too_large {bytesMax}. @throws StoreUnavailable when the storage fails. */
async function fetchFile(fileId: string, bytesMax: number): Promise<Result<Uint8Array>> {
  const url = await linkTo(fileId, OWN_LINK_SECONDS);
  if (url === undefined) return fail('file_not_found');
  try {
    const signal = AbortSignal.timeout(waitAtMost(TRANSFER_MS));
    const response = await fetch(url, { signal });
    if (response.status === 404) return fail('file_not_found');
    if (!response.ok) throw new StoreUnavailable(`storage answered ${response.status}`);
    const bytes = await readBounded(response, bytesMax);
    return bytes ? ok(bytes) : fail('file_too_large', { bytesMax });
  } catch (error) {
    // Errors of fetch quote the link, which is as good as the file.
    throw error instanceof StoreUnavailable ? error : new StoreUnavailable('storage unreachable');
  }
}

/** Whose such a file is cannot be known, so it is imported by nobody. It may hold ID numbers, so it goes at once. */
async function refuseUnasked(fileId: string): Promise<Result<never>> {
  if (!NOT_ASKED_FOR.test(fileId)) return fail('file_not_found');
  await deleteFile(fileId);
  return fail('operation_unknown');
}

const isSamePurpose = (one: UploadPurpose, other: UploadPurpose): boolean =>
  one.personKey === other.personKey && one.purpose === other.purpose && one.placeId === other.placeId;

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
  const fileId = await note(cloudPath);
  const fileContent = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  await attempt(() => storage.uploadFile({ cloudPath, fileContent }), TRANSFER_MS);
  return linkTo(fileId, RESULT_LINK_SECONDS);
}

/** The same for what somebody has asked for. @throws StoreUnavailable when there is no link to it. */
export async function handOver(cloudPath: string, bytes: Uint8Array): Promise<{ fileUrl: string }> {
  const fileUrl = await keepResult(cloudPath, bytes);
  if (fileUrl === undefined) throw new StoreUnavailable('the storage has no link to what it has just stored');
  return { fileUrl };
}

/**
 * Stores what must stay as long as the document that names it: it is not noted, so nothing deletes it.
 * @returns its fileId; the same path gives the same one.
 */
export async function keepForGood(cloudPath: string, bytes: Uint8Array): Promise<string> {
  const fileContent = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const { fileID } = await attempt(() => storage.uploadFile({ cloudPath, fileContent }), TRANSFER_MS);
  return fileID;
}

/** What was kept so. @returns as {@link readUpload}. */
export const readKept = (fileId: string, bytesMax: number): Promise<Result<Uint8Array>> =>
  fetchFile(fileId, bytesMax);

/** The first note counts: noting a file again does not make it stay longer. @returns its fileId. */
async function note(cloudPath: string, upload?: UploadPurpose): Promise<string> {
  const { data } = await attempt(() => storage.getUploadMetadata({ cloudPath }));
  await files.insert({ id: data.fileId, version: 1, atMs: Date.now(), ...(upload && { upload }) });
  return data.fileId;
}

/**
 * Deletes the files noted before a time, as many as one request takes. One that the storage does not let go has its turn
 * again later, so that it keeps no other from going. @returns how many are gone.
 */
export async function deleteFilesBefore(atMs: number): Promise<number> {
  const old = await files.read({ where: { atMs: below(atMs) }, limit: DELETED_AT_ONCE_MAX });
  if (old.length === 0) return 0;
  const { fileList } = await attempt(() => storage.deleteFile({ fileList: old.map(({ id }) => id) }));
  const gone = fileList.filter(({ code }) => GONE.has(code)).map(({ fileID }) => fileID);
  const stays = old.map(({ id }) => id).filter(id => !gone.includes(id));
  if (stays.length > 0) await files.update({ _id: oneOf(stays) }, { atMs: Date.now() });
  return gone.length > 0 ? files.remove({ _id: oneOf(gone) }) : 0;
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
