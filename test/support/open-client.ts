/** A system that calls the open interfaces over HTTP, signing by the text of the document and nothing of the functions' own. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { newApiClient } from '../../cloudfunctions/shared/people/api-clients';
import { API_SCOPES } from '../../miniprogram/contract/open-interfaces';
import { encryptText } from '../../cloudfunctions/shared/runtime/secrets';
import type { ApiClient } from '../../cloudfunctions/shared/store/api-clients';
import type { CityCode } from '../../miniprogram/contract/areas';
import { branded } from './branded';
import type { TestCloud } from './test-cloud';

export interface OpenClient {
  id: string;
  secret: string;
  keyVersion: number;
}

/** What a request may have other than usual. */
export interface Sent {
  method?: string;
  /** Text as it is, anything else as JSON. */
  body?: unknown;
  /** Replace or, undefined, leave out what is sent beside the body. */
  headers?: Record<string, string | undefined>;
  timeMs?: number;
  nonce?: string;
  idempotencyKey?: string;
  /** Signed in place of the body that is sent. */
  signedBody?: string;
  query?: string;
}

export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  databaseRequests: number;
  databaseTrips: number;
}

/** Stores a client with one key, as an officer makes it. */
export async function seedClient(
  cloud: TestCloud,
  given: {
    kind: ApiClient['kind'];
    cityCode: CityCode;
    institutionId?: string;
    scopes?: ApiClient['scopes'];
  },
): Promise<OpenClient> {
  const id = `c-${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(32).toString('hex');
  const { id: _id, ...client } = newApiClient({
    ...branded<Pick<ApiClient, 'kind' | 'cityCode' | 'institutionId'>>(given),
    id: branded<ApiClient['id']>(id),
    name: '测试系统',
    scopes: given.scopes ?? [...API_SCOPES],
    by: { role: 'clerk' },
    nowMs: cloud.nowMs(),
    requestId: 'seed',
  });
  const secrets = [{ keyVersion: 1, secretCipher: encryptText(secret), createdAtMs: cloud.nowMs() }];
  await cloud
    .sdk()
    .database()
    .collection('apiClients')
    .add({ _id: id, ...client, secrets });
  return { id, secret, keyVersion: 1 };
}

/** The five headers of a signed request. */
export function signatureHeaders(
  { id, secret, keyVersion }: OpenClient,
  {
    method,
    path,
    body,
    timeMs,
    nonce,
  }: { method: string; path: string; body: string | Buffer; timeMs: number; nonce: string },
): Record<string, string> {
  const bodyHash = createHash('sm3').update(body).digest('hex');
  const text = [method, path, timeMs, nonce, bodyHash].join('\n');
  const signature = createHmac('sm3', Buffer.from(secret, 'hex')).update(text).digest('hex');
  return {
    'x-voucher-client': id,
    'x-voucher-key': String(keyVersion),
    'x-voucher-time': String(timeMs),
    'x-voucher-nonce': nonce,
    'x-voucher-signature': signature,
  };
}

export const newNonce = (): string => randomBytes(12).toString('hex');

/** The request as it goes over the wire. */
export function toRequest(cloud: TestCloud, client: OpenClient, name: string, sent: Sent = {}) {
  const { method = 'POST', body = {}, timeMs = cloud.nowMs(), nonce = newNonce() } = sent;
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const raw = isRaw ? body : JSON.stringify(body);
  const path = `/openapi/${name}`;
  const signed = signatureHeaders(client, { method, path, body: sent.signedBody ?? raw, timeMs, nonce });
  const all: Record<string, string | undefined> = {
    'content-type': 'application/json',
    'idempotency-key': sent.idempotencyKey ?? newNonce(),
    ...signed,
    ...sent.headers,
  };
  const headers = Object.fromEntries(
    Object.entries(all).flatMap(([header, value]) => (value === undefined ? [] : [[header, value]])),
  );
  return { url: `${cloud.cloud.url}${path}${sent.query ?? ''}`, method, headers, raw };
}

/** Calls an interface over HTTP. */
export async function callOpen(
  cloud: TestCloud,
  client: OpenClient,
  name: string,
  sent: Sent = {},
): Promise<Answered> {
  const { url, method, headers, raw } = toRequest(cloud, client, name, sent);
  const withBody = method === 'GET' ? {} : { body: typeof raw === 'string' ? raw : new Uint8Array(raw) };
  const response = await fetch(url, { method, headers, ...withBody });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
    databaseRequests: Number(response.headers.get('x-db-requests')),
    databaseTrips: Number(response.headers.get('x-db-trips')),
  };
}
