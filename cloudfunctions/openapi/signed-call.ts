import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { ApiClientId } from '../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { randomText } from '../shared/runtime/random';
import { decryptText } from '../shared/runtime/secrets';
import { isSignedWith, type SignedRequest } from '../shared/runtime/signature';
import { judgeCall, noteCall, type ApiCall, type ApiClient } from '../shared/store/api-clients';
import { BASE_PATH, type HttpRequest } from './http-request';
import { findClient, readClient } from './known-clients';

/** A request is taken for so long before and after the time that it names. */
export const CLOCK_WINDOW_MS = 5 * 60 * 1000;

export const SIGNATURE_HEADERS = {
  client: 'x-voucher-client',
  key: 'x-voucher-key',
  time: 'x-voucher-time',
  nonce: 'x-voucher-nonce',
  signature: 'x-voucher-signature',
} as const;

/** The forms of the headers, as the document tells them. */
export const HEADER_FORMS = {
  client: /^[0-9A-Za-z_-]{1,80}$/,
  key: /^[1-9]\d{0,5}$/,
  time: /^\d{13}$/,
  nonce: /^[0-9A-Za-z_-]{16,64}$/,
  signature: /^[0-9a-f]{64}$/,
} as const satisfies Record<keyof typeof SIGNATURE_HEADERS, RegExp>;

const SignatureHeaders = v.object({
  client: v.pipe(
    v.string(),
    v.regex(HEADER_FORMS.client),
    v.transform(text => text as ApiClientId),
  ),
  key: v.pipe(v.string(), v.regex(HEADER_FORMS.key), v.transform(Number)),
  time: v.pipe(v.string(), v.regex(HEADER_FORMS.time)),
  nonce: v.pipe(v.string(), v.regex(HEADER_FORMS.nonce)),
  signature: v.pipe(v.string(), v.regex(HEADER_FORMS.signature)),
});
type Claim = v.InferOutput<typeof SignatureHeaders>;

const MARK_CHARACTERS = 8;
const NONCE_CHARACTERS = 16;
/** A client changes seldom; a call that meets a change is judged by what the client then is. */
const ATTEMPTS = 3;

/** A request whose signer is known; not yet one that may do anything. */
export interface SignedCall {
  client: ApiClient;
  claim: Claim;
  signed: SignedRequest;
}

/**
 * Who has signed the request, judged by keys that may be half a minute old.
 * @returns signature_missing; signature_invalid, also where there is no such client or key; request_time_out_of_range;
 * client_revoked.
 */
export async function checkSignature(request: HttpRequest, nowMs: number): Promise<Result<SignedCall>> {
  const headers = Object.entries(SIGNATURE_HEADERS).map(([part, name]) => [part, request.headers[name]]);
  const claim = v.safeParse(SignatureHeaders, Object.fromEntries(headers));
  if (!claim.success) return fail('signature_missing');
  const { client: id, key, time, nonce } = claim.output;
  const remembered = await findClient(id, nowMs);
  // A key that is newer than what is remembered.
  const isKnown = remembered?.secrets.some(({ keyVersion }) => keyVersion === key) ?? true;
  const client = isKnown ? remembered : await readClient(id, nowMs);
  const { method, name, body } = request;
  const signed = { method, path: `${BASE_PATH}/${name}`, timeMs: time, nonce, body };
  return judge({ client, claim: claim.output, signed }, nowMs);
}

function judge(
  { client, claim, signed }: Omit<SignedCall, 'client'> & { client: ApiClient | undefined },
  nowMs: number,
): Result<SignedCall> {
  const secret = client?.secrets.find(({ keyVersion }) => keyVersion === claim.key);
  if (!client || !secret || nowMs >= (secret.expiresAtMs ?? Infinity)) return fail('signature_invalid');
  if (!isSignedWith(signed, decryptText(secret.secretCipher), claim.signature))
    return fail('signature_invalid');
  if (Math.abs(nowMs - Number(claim.time)) > CLOCK_WINDOW_MS)
    return fail('request_time_out_of_range', { nowMs });
  if (client.revokedAtMs !== undefined) return fail('client_revoked');
  return ok({ client, claim, signed });
}

/**
 * Uses up the nonce and a place within the client's limits, in one write, which also proves that the client is as it was
 * read: a revocation and a key that was taken away count at once.
 * @returns the client as it is; nonce_replayed; rate_limited; what {@link checkSignature} says of a client that has changed.
 */
export async function takeUpCall(
  call: SignedCall,
  { isLookUp, nowMs }: { isLookUp: boolean; nowMs: number },
): Promise<Result<ApiClient>> {
  const nonce = createHash('sm3').update(call.claim.nonce).digest('hex').slice(0, NONCE_CHARACTERS);
  const noted: ApiCall = { nonce, atMs: nowMs, mark: randomText(MARK_CHARACTERS), isLookUp };
  let { client } = call;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await noteCall(client, noted)) return ok(client);
    const current = await readClient(client.id, nowMs);
    const again = judge({ ...call, client: current }, nowMs);
    if (!again.ok) return again;
    ({ client } = again.data);
    const verdict = judgeCall(client, noted);
    if (verdict.kind === 'noted') return ok(client);
    if (verdict.kind === 'replayed') return fail('nonce_replayed');
    if (verdict.kind === 'limited')
      return fail('rate_limited', { retryAfterSeconds: Math.ceil((verdict.untilMs - nowMs) / 1000) });
  }
  return fail('write_conflict');
}
