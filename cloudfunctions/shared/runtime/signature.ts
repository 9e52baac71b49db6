import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What of a request is signed. */
export interface SignedRequest {
  method: string;
  /** As in `/openapi/getVoucherStatus`. */
  path: string;
  timeMs: string;
  nonce: string;
  body: Buffer;
}

export const bodyHashOf = (body: Buffer): string => createHash('sm3').update(body).digest('hex');

/** Five lines, a line feed between them and none at the end: method, path, time, nonce, SM3 of the body in hex. */
export const stringToSign = ({ method, path, timeMs, nonce, body }: SignedRequest): string =>
  [method, path, timeMs, nonce, bodyHashOf(body)].join('\n');

/** HMAC-SM3 of the string to sign (UTF-8), as 64 hex digits in lower case. @param secret 64 hex digits: the 32 bytes of the key. */
export const signatureOf = (request: SignedRequest, secret: string): string =>
  createHmac('sm3', Buffer.from(secret, 'hex')).update(stringToSign(request)).digest('hex');

/** In a time that does not tell how much of it is right. */
export const isSignedWith = (request: SignedRequest, secret: string, signature: string): boolean => {
  const [expected, given] = [Buffer.from(signatureOf(request, secret)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
};
