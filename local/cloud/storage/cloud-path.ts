import { ENVIRONMENT_ID } from '../environment-id';

/** The documented limit of an encoded path. */
const PATH_BYTES_MAX = 850;
/** Characters that the service advises against because they break links: refused here, to fail before the cloud does. */
const FORBIDDEN = /[\\?#%^"`{}[\]~<>\p{Cc}\p{Cs}]/u;

/**
 * Whether a text may be the path of a stored file: relative, no empty, `.` or `..` segment, no character that would
 * change its meaning in a link. The store never uses it as a path on disk.
 */
export function isCloudPath(text: unknown): text is string {
  if (typeof text !== 'string' || text === '' || FORBIDDEN.test(text)) return false;
  if (Buffer.byteLength(encodeURI(text)) > PATH_BYTES_MAX) return false;
  return text.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..');
}

/** The file's id, `cloud://<env>.<bucket>/<path>`. */
export function toFileId(path: string, environmentId: string = ENVIRONMENT_ID): string {
  return `cloud://${environmentId}.${bucketOf(environmentId)}/${path}`;
}

/** The path in a file's id, or undefined when it is no id of a file here. */
export function findPathOfFileId(fileId: unknown): string | undefined {
  if (typeof fileId !== 'string') return undefined;
  const [, environmentId, bucket, path] = /^cloud:\/\/([\w-]+)\.([\w-]+)\/(.+)$/s.exec(fileId) ?? [];
  if (environmentId === undefined || bucket !== bucketOf(environmentId)) return undefined;
  return isCloudPath(path) ? path : undefined;
}

function bucketOf(environmentId: string): string {
  return `6c6f-${environmentId}`;
}
