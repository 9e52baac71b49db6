/**
 * The signature of `@cloudbase/node-sdk`, TC3-HMAC-SHA256 over method, address, the headers named in it, and those fields of
 * the body that it names (`@cloudbase/signature-nodejs` 2.2.0, lib/signer.js). Its age is not judged: functions sign by a
 * clock that may be shifted.
 */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isSameSecret, type Credentials } from '../credentials';
import type { AdminParams } from './admin-protocol';

const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/]*)\/(\d{4}-\d\d-\d\d)\/tcb\/tc3_request, SignedParams=([^,]*), SignedHeaders=([^,]*), Signature=([0-9a-f]{64})$/;

/** Whether the request was signed with these credentials, as it arrived. */
export function isSignedBy(
  { secretId, secretKey }: Credentials,
  { headers, method = '', url = '' }: Pick<IncomingMessage, 'headers' | 'method' | 'url'>,
  params: AdminParams,
): boolean {
  const [, id, date = '', fields = '', signed = '', signature = ''] =
    AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  if (id !== secretId) return false;
  const [path = '', query = ''] = url.split('?');
  const canonical = [
    method.toLowerCase(),
    `//${headers.host ?? ''}${path}`,
    query,
    `${canonicalHeaders(headers, signed)}\n`,
    signed,
    hashOfParams(params, fields),
  ].join('\n');
  const text = ['TC3-HMAC-SHA256', headers['x-timestamp'], `${date}/tcb/tc3_request`, sha256(canonical)].join(
    '\n',
  );
  return isSameSecret(signature, hmac(text, keyOf(secretKey, date)).toString('hex'));
}

const keyOf = (secretKey: string, date: string): Buffer =>
  ['tcb', 'tc3_request'].reduce((key, part) => hmac(part, key), hmac(date, `TC3${secretKey}`));

const hmac = (text: string, key: string | Buffer): Buffer => createHmac('sha256', key).update(text).digest();

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const canonicalHeaders = (headers: IncomingHttpHeaders, signed: string): string =>
  signed
    .split(';')
    .map(
      name =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .toLowerCase()}`,
    )
    .join('\n');

/** Fields are named in small letters, whatever they are called in the body; empty ones are not signed. */
function hashOfParams(params: AdminParams, fields: string): string {
  const values = new Map(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  const hash = createHash('sha256');
  for (const field of fields === '' ? [] : fields.split(';')) {
    const value = values.get(field);
    const text = typeof value === 'string' ? value : String(JSON.stringify(value));
    hash.update(`&${field}=${text.trim()}\r\n`);
  }
  return hash.digest('hex');
}
