import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Exchange, Route } from '../http-exchange';
import { isCloudPath } from './cloud-path';
import { FileTooLargeError } from './file-store';
import type { Permission } from './link-signer';
import { FILES_PATH, UPLOADS_PATH, type Storage } from './storage-handlers';

/** Types that a browser may show; anything else is only ever downloaded. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The transfers behind upload metadata and temporary links, in the place of Tencent's object storage. */
export function transferRoutes(storage: Storage): Route[] {
  return [
    { method: 'PUT', path: UPLOADS_PATH, handle: exchange => upload(storage, exchange) },
    { method: 'GET', path: FILES_PATH, handle: exchange => download(storage, exchange) },
    { method: 'HEAD', path: FILES_PATH, handle: exchange => download(storage, exchange) },
  ];
}

async function upload(storage: Storage, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const signature = request.headers.authorization ?? '';
  const path = permittedPath(storage, exchange, { action: 'put', signature });
  if (path === undefined) {
    request.resume();
    return sendXmlError(response, 403, 'AccessDenied', 'the signature is wrong or expired');
  }
  try {
    await storage.store.put(path, request, storage.getNowMs());
    // An empty body is what the SDK takes for success.
    response.writeHead(200, { 'content-length': 0 }).end();
  } catch (error) {
    if (!(error instanceof FileTooLargeError)) throw error;
    sendXmlError(response, 400, 'EntityTooLarge', error.message);
  }
}

async function download(storage: Storage, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange;
  const path = permittedPath(storage, exchange, {
    action: 'get',
    signature: url.searchParams.get('sign') ?? '',
  });
  if (path === undefined) return sendXmlError(response, 403, 'AccessDenied', 'the link is wrong or expired');
  const file = storage.store.find(path);
  if (!file) return sendXmlError(response, 404, 'NoSuchKey', 'the file does not exist');
  response.writeHead(200, {
    'content-type': CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': file.sizeBytes,
    'last-modified': new Date(file.uploadedAtMs).toUTCString(),
    etag: `"${file.sha256}"`,
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') return void response.end();
  await pipeline(createReadStream(storage.store.contentOf(file)), response);
}

function permittedPath(
  { signer, getNowMs }: Storage,
  { rest, url }: Exchange,
  { action, signature }: { action: Permission['action']; signature: string },
): string | undefined {
  const permission = { action, path: rest, expiresAtS: Number(url.searchParams.get('t')) };
  return isCloudPath(rest) && signer.permits(permission, signature, getNowMs()) ? rest : undefined;
}

/** The error format of Tencent's object storage, which the SDK reads. Texts are this file's own and need no escaping. */
function sendXmlError(response: ServerResponse, status: number, code: string, message: string): void {
  const fields = { Code: code, Message: message, Resource: '', RequestId: 'local', TraceId: 'local' };
  const xml = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version='1.0' encoding='utf-8' ?><Error>${xml.join('')}</Error>`);
}
