import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How the contents of a gateway call are sealed and signed with the Chinese commercial algorithms.
 * This is software SM3 and SM4 of OpenSSL: the algorithms are the national ones, the product is not certified (密评).
 *
 * The official envelope is not public, so this one is ours: base64(iv ‖ SM4-CBC ciphertext ‖ HMAC-SM3), encrypt-then-MAC.
 */
export interface EnvelopeKeys {
  /** SM4 key: 32 hex digits. */
  encryptionKeyHex: string;
  /** Key of the HMAC-SM3 over the ciphertext. Never the encryption key again. */
  envelopeMacKeyHex: string;
}

/**
 * What an envelope belongs to. It is under the MAC, so a reply cannot be played back for another request
 * (it would sign in another person) and a request cannot be reflected as a reply.
 */
export interface EnvelopeContext {
  direction: 'request' | 'reply';
  apiName: string;
  /** Nonce of the request, also for its reply. */
  nonce: string;
}

const IV_BYTES = 16;
const MAC_BYTES = 32;
const BLOCK_BYTES = 16;

const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex');

function macOf(ivAndCiphertext: Buffer, options: { keys: EnvelopeKeys; context: EnvelopeContext }): Buffer {
  const { direction, apiName, nonce } = options.context;
  return createHmac('sm3', bytesOf(options.keys.envelopeMacKeyHex))
    .update(JSON.stringify([direction, apiName, nonce]))
    .update(ivAndCiphertext)
    .digest();
}

/** Encrypts and authenticates. `ivHex` must be 16 fresh random bytes for every envelope. */
export function sealEnvelope(
  plaintext: string,
  options: { keys: EnvelopeKeys; context: EnvelopeContext; ivHex: string },
): string {
  const iv = bytesOf(options.ivHex);
  const cipher = createCipheriv('sm4-cbc', bytesOf(options.keys.encryptionKeyHex), iv);
  const sealed = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final()]);
  return Buffer.concat([sealed, macOf(sealed, options)]).toString('base64');
}

/** @returns the plaintext, or undefined when the envelope is damaged, forged or belongs to another call. */
export function openEnvelope(
  envelope: string,
  options: { keys: EnvelopeKeys; context: EnvelopeContext },
): string | undefined {
  const bytes = Buffer.from(envelope, 'base64');
  const ciphertextBytes = bytes.length - IV_BYTES - MAC_BYTES;
  if (ciphertextBytes < BLOCK_BYTES || ciphertextBytes % BLOCK_BYTES !== 0) return undefined;
  const sealed = bytes.subarray(0, -MAC_BYTES);
  // The MAC is judged before anything is decrypted: padding errors must tell nobody anything.
  if (!timingSafeEqual(macOf(sealed, options), bytes.subarray(-MAC_BYTES))) return undefined;
  return decrypt(sealed, options.keys.encryptionKeyHex);
}

function decrypt(sealed: Buffer, keyHex: string): string {
  const decipher = createDecipheriv('sm4-cbc', bytesOf(keyHex), sealed.subarray(0, IV_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES)), decipher.final()]).toString('utf8');
}

/** Everything of a call that the signature covers. */
export interface SignedParts {
  path: string;
  accessKey: string;
  apiName: string;
  apiVersion: string;
  /** Milliseconds since 1970, decimal. */
  timestamp: string;
  nonce: string;
  body: string;
}

/** HMAC-SM3, hex, over one line per part; the body enters as its SM3 hash. */
export function signCall(parts: SignedParts, signatureKeyHex: string): string {
  const bodyHash = createHash('sm3').update(parts.body, 'utf8').digest('hex');
  const lines = [
    'POST',
    parts.path,
    parts.accessKey,
    parts.apiName,
    parts.apiVersion,
    parts.timestamp,
    parts.nonce,
  ];
  return createHmac('sm3', bytesOf(signatureKeyHex))
    .update([...lines, bodyHash].join('\n'), 'utf8')
    .digest('hex');
}

/** Compares in constant time. */
export function isSameSignature(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}
