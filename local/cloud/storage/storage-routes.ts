import { request as sendRequest, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { requestAdmin, type AdminAddress } from '../admin-client';
import { readText, sendJson, type Exchange, type Route } from '../http-exchange';
import { isCloudPath } from './cloud-path';
import { FILES_PATH, UPLOADS_PATH } from './storage-handlers';

/** wx-server-sdk's numbers. */
const STORAGE_REQUEST_FAIL = -503001;
const STORAGE_EXCEED_AUTHORITY = -503002;
const INVALID_PARAM = -501007;
const REFUSAL_BYTES_MAX = 10_000;

/** File storage on the front: transfers are passed on to the database process; a client uploads with one request. */
export function storageRoutes(address: AdminAddress): Route[] {
  const pass = (exchange: Exchange): Promise<void> => passOn(address.adminUrl, exchange);
  return [
    { method: 'GET', path: FILES_PATH, handle: pass },
    { method: 'HEAD', path: FILES_PATH, handle: pass },
    { method: 'PUT', path: UPLOADS_PATH, handle: pass },
    { method: 'POST', path: '/storage/upload', handle: exchange => uploadAsClient(address, exchange) },
  ];
}

/** `wx.cloud.uploadFile` in one step: the body is the file, `?path=` its cloud path. Answers `{fileID}`. */
async function uploadAsClient(address: AdminAddress, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange;
  const path = url.searchParams.get('path');
  if (!request.headers['x-wx-openid']) {
    return refuse(exchange, {
      status: 403,
      errCode: STORAGE_EXCEED_AUTHORITY,
      errMsg: 'an upload needs a user',
    });
  }
  if (!isCloudPath(path)) {
    return refuse(exchange, { status: 400, errCode: INVALID_PARAM, errMsg: 'path is not allowed' });
  }
  const { data } = await requestAdmin(address, 'storage.getUploadMetadata', { path });
  const {
    url: target,
    authorization,
    fileId,
  } = data as { url: string; authorization: string; fileId: string };
  const { pathname, search } = new URL(target);
  const answer = await forward(request, new URL(pathname + search, address.adminUrl), {
    method: 'PUT',
    authorization,
  });
  const [, cause = 'the upload failed'] =
    /<Message>(.*)<\/Message>/s.exec(await readText(answer, REFUSAL_BYTES_MAX)) ?? [];
  if (answer.statusCode === 200) return sendJson(response, 200, { fileID: fileId });
  const status = answer.statusCode === 400 ? 413 : 500;
  sendJson(response, status, { errCode: STORAGE_REQUEST_FAIL, errMsg: cause });
}

async function passOn(adminUrl: string, { request, response, url }: Exchange): Promise<void> {
  const { method = 'GET' } = request;
  const { authorization } = request.headers;
  const answer = await forward(request, new URL(url.pathname + url.search, adminUrl), {
    method,
    authorization,
  });
  // These two concern the connection behind, not the one in front.
  const { connection: _, 'keep-alive': __, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers);
  await pipeline(answer, response);
}

/** Sends a request's body on. Rejects when the database process cannot be reached or the sender goes away. */
async function forward(
  request: IncomingMessage,
  target: URL,
  { method, authorization }: { method: string; authorization: string | undefined },
): Promise<IncomingMessage> {
  const onward = sendRequest(target, { method, headers: authorization ? { authorization } : {} });
  const answer = new Promise<IncomingMessage>((resolve, reject) =>
    onward.on('response', resolve).on('error', reject),
  );
  const [received] = await Promise.all([answer, pipeline(request, onward)]);
  return received;
}

function refuse(
  { request, response }: Exchange,
  { status, errCode, errMsg }: { status: number; errCode: number; errMsg: string },
): void {
  request.resume();
  sendJson(response, status, { errCode, errMsg });
}
