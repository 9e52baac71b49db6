import { AdminError, type ActionHandlers, type AdminParams } from '../database/admin-protocol';
import { ENVIRONMENT_ID } from '../environment-id';
import { findPathOfFileId, isCloudPath, toFileId } from './cloud-path';
import type { FileStore } from './file-store';
import type { LinkSigner } from './link-signer';

/** What file storage consists of, shared by the actions and the transfers. */
export interface Storage {
  readonly store: FileStore;
  readonly signer: LinkSigner;
  readonly getNowMs: () => number;
  /** Origin under which uploads and downloads are reached; may be known only once the server listens. */
  readonly getOrigin: () => string;
}

/** Paths of the transfers, below the origin. */
export const UPLOADS_PATH = '/storage/uploads/';
export const FILES_PATH = '/storage/files/';

const FILES_PER_REQUEST_MAX = 50;
const LINK_LIFETIME_DEFAULT_S = 7200;
const UPLOAD_WITHIN_S = 900;
const NOT_EXISTING = 'STORAGE_FILE_NONEXIST';

type Fields = Readonly<Record<string, unknown>>;

/** The `storage.*` actions that `@cloudbase/node-sdk` sends. Single files fail by their own `code`, as in the service. */
export function storageHandlers(storage: Storage): ActionHandlers {
  return {
    'storage.getUploadMetadata': params => ({ data: createUpload(storage, params) }),
    'storage.batchGetDownloadUrl': params => ({
      data: { download_list: listOf(params, 'file_list').map(entry => createLink(storage, toFields(entry))) },
    }),
    'storage.batchDeleteFile': params => ({
      data: { delete_list: listOf(params, 'fileid_list').map(fileId => remove(storage, fileId)) },
    }),
    'storage.batchCopyFile': async params => ({
      data: { copy_list: await copyAll(storage, listOf(params, 'file_list').map(toFields)) },
    }),
    'storage.getFileAuthority': params => ({
      data: listOf(params, 'fileList').map(entry => authorityFor(storage, toFields(entry))),
    }),
  };
}

function createUpload({ signer, getNowMs, getOrigin }: Storage, params: AdminParams): Fields {
  const { path } = params;
  if (!isCloudPath(path)) throw new AdminError('INVALID_PARAM', 'cloudPath is not allowed');
  const expiresAtS = Math.floor(getNowMs() / 1000) + UPLOAD_WITHIN_S;
  const environmentId =
    typeof params.envName === 'string' && params.envName ? params.envName : ENVIRONMENT_ID;
  return {
    url: `${getOrigin()}${UPLOADS_PATH}${encodeURI(path)}?t=${expiresAtS}`,
    authorization: signer.sign({ action: 'put', path, expiresAtS }),
    token: 'local',
    fileId: toFileId(path, environmentId),
    cosFileId: cosFileIdOf(path),
  };
}

function createLink({ store, signer, getNowMs, getOrigin }: Storage, entry: Fields): Fields {
  const path = findPathOfFileId(entry.fileid);
  if (path === undefined || !store.find(path))
    return { fileID: entry.fileid, tempFileURL: '', code: NOT_EXISTING };
  const maxAge = entry.max_age ?? LINK_LIFETIME_DEFAULT_S;
  if (!Number.isSafeInteger(maxAge) || Number(maxAge) <= 0) {
    return { fileID: entry.fileid, tempFileURL: '', code: 'STORAGE_SIGN_PARAM_INVALID' };
  }
  const expiresAtS = Math.ceil(getNowMs() / 1000) + Number(maxAge);
  const sign = signer.sign({ action: 'get', path, expiresAtS });
  // The SDK encodes the link itself, except one of this kind.
  const linkPath = entry.url_type === 'COS_URL' ? encodeURI(path) : path;
  const tempFileURL = `${getOrigin()}${FILES_PATH}${linkPath}?sign=${sign}&t=${expiresAtS}`;
  return { fileID: entry.fileid, tempFileURL, code: 'SUCCESS' };
}

function remove({ store }: Storage, fileId: unknown): Fields {
  const path = findPathOfFileId(fileId);
  const isRemoved = path !== undefined && store.remove(path);
  return { fileID: fileId, code: isRemoved ? 'SUCCESS' : NOT_EXISTING };
}

async function copyAll(storage: Storage, entries: readonly Fields[]): Promise<Fields[]> {
  const copies: Fields[] = [];
  for (const entry of entries) copies.push(await copy(storage, entry));
  return copies;
}

async function copy({ store }: Storage, entry: Fields): Promise<Fields> {
  const { src_path: sourcePath, dst_path: path } = entry;
  if (!isCloudPath(sourcePath) || !isCloudPath(path)) return { code: 'INVALID_PARAM' };
  const source = store.find(sourcePath);
  if (!source) return { code: NOT_EXISTING };
  if (store.find(path) && entry.overwrite === false)
    return { fileId: toFileId(path), code: 'STORAGE_FILE_EXIST' };
  await store.copy(source, path);
  if (entry.remove_original === true) store.remove(sourcePath);
  return { fileId: toFileId(path), code: 'SUCCESS' };
}

/** Storage has no permissions here: whoever asks may read and write what there is. */
function authorityFor({ store }: Storage, { path: fileId }: Fields): Fields {
  const path = findPathOfFileId(fileId);
  const isThere = path !== undefined && store.find(path) !== undefined;
  if (!isThere) return { path: fileId, cosFileId: '', read: false, code: NOT_EXISTING };
  return { path: fileId, cosFileId: cosFileIdOf(path), read: true };
}

/** The SDK sends it as a header, which a path in Chinese must not be. */
const cosFileIdOf = (path: string) => Buffer.from(path).toString('base64url');

function listOf(params: AdminParams, field: string): readonly unknown[] {
  const list = params[field];
  if (!Array.isArray(list) || list.length > FILES_PER_REQUEST_MAX) {
    throw new AdminError('INVALID_PARAM', `${field} must be a list of at most ${FILES_PER_REQUEST_MAX}`);
  }
  return list;
}

function toFields(entry: unknown): Fields {
  return typeof entry === 'object' && entry !== null ? (entry as Fields) : {};
}
