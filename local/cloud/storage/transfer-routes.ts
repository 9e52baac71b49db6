import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exchange, Route } from '../http-exchange';
import { causeOf, isSystemError } from '../start-error';
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
    await swallow(request);
    return sendXmlError(response, 403, 'AccessDenied', 'the signature is wrong or expired');
  }
  try {
    await storage.store.put(path, readableOf(request), storage.getNowMs());
    // An empty body is what the SDK takes for success.
    response.writeHead(200, { 'content-length': 0 }).end();
  } catch (error) {
    if (error instanceof FileTooLargeError) {
      return sendXmlError(response, 400, 'EntityTooLarge', error.message);
    }
    if (!isSystemError(error)) throw error;
    await swallow(request);
    sendXmlError(response, 500, 'InternalError', `the file cannot be stored: ${causeOf(error)}`);
  }
}

/** Reads the rest of a body: an answer that came before its end would keep the front from ever sending the rest. */
async function swallow(request: IncomingMessage): Promise<void> {
  request.unpipe().resume();
  if (!request.readableEnded) await once(request, 'end');
}

/** A stream of its own: where a file cannot be written its source is destroyed, and with the request the answer would be. */
function readableOf(request: IncomingMessage): Readable {
  const content = new PassThrough();
  request.on('error', error => content.destroy(error));
  return request.pipe(content);
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

const escapeXml = (text: string): string => text.replace(/[<>&]/g, found => `&#${found.charCodeAt(0)};`);

/** The error format of Tencent's object storage, which the SDK reads. */
function sendXmlError(response: ServerResponse, status: number, code: string, message: string): void {
  const fields = { Code: code, Message: message, Resource: '', RequestId: 'local', TraceId: 'local' };
  const xml = Object.entries(fields).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version='1.0' encoding='utf-8' ?><Error>${xml.join('')}</Error>`);
}
