import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { PersonKey } from '../../../miniprogram/contract/ids';

const HexKey = (bytes: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)));

/** VOUCHER_SECRETS, a JSON of the function's environment. Old SM4 keys stay listed so that what they wrote can be read. */
const Secrets = v.strictObject({
  sm4KeyVersion: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,4}$/)),
  sm4Keys: v.record(v.string(), HexKey(16)),
  lookupKey: HexKey(32),
  codeKey: HexKey(32),
});

const IV_BYTES = 16;
const TAG_BYTES = 16;
/** 96 bits: no two of the province's hundred million people share a key by accident. */
const PERSON_KEY_CHARACTERS = 24;

type Keys = v.InferOutput<typeof Secrets>;
let parsedFrom = '';
let parsed: Keys | undefined;

/** Parsed once, and again only when the environment was given other keys. */
function secrets(): Keys {
  const text = process.env['VOUCHER_SECRETS'] ?? '{}';
  if (parsed && parsedFrom === text) return parsed;
  const result = v.safeParse(Secrets, JSON.parse(text));
  // The issues name keys of the JSON, never their values.
  if (!result.success)
    throw new Error(`VOUCHER_SECRETS: ${result.issues.map(issue => v.getDotPath(issue)).join(', ')}`);
  parsedFrom = text;
  return (parsed = result.output);
}

const hmac = (keyHex: string, text: string | Buffer): Buffer =>
  createHmac('sm3', Buffer.from(keyHex, 'hex')).update(text).digest();

/**
 * The look-up key of a person: HMAC-SM3 of the ID number under a secret key, so that equal people can be found
 * while nobody without the key can try ID numbers.
 */
export const personKeyOf = (idNumber: string): PersonKey =>
  hmac(secrets().lookupKey, idNumber).toString('hex').slice(0, PERSON_KEY_CHARACTERS) as PersonKey;

/** The same of any other text that identifies somebody: equal texts of a kind can be found, none can be tried. */
export const lookupKeyOf = (kind: string, text: string): string =>
  hmac(secrets().lookupKey, `${kind}:${text}`).toString('hex').slice(0, PERSON_KEY_CHARACTERS);

/** MAC of dynamic codes. */
export const codeMac = (text: string): string => hmac(secrets().codeKey, text).toString('hex');

const sm4Key = (version: string): Buffer => {
  const key = secrets().sm4Keys[version];
  if (!key) throw new Error(`no SM4 key of version ${version}`);
  return Buffer.from(key, 'hex');
};

const tagOf = (key: Buffer, sealed: Buffer): Buffer =>
  createHmac('sm3', key).update('tag').update(sealed).digest().subarray(0, TAG_BYTES);

/** `iv, ciphertext, tag` under the key of that version. */
function seal(version: string, plain: Uint8Array): Buffer {
  const key = sm4Key(version);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('sm4-cbc', key, iv);
  const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
  return Buffer.concat([sealed, tagOf(key, sealed)]);
}

/** @throws Error when the bytes were not written by that key, or were changed. */
function open(version: string, bytes: Buffer): Buffer {
  const key = sm4Key(version);
  const sealed = bytes.subarray(0, -TAG_BYTES);
  if (!timingSafeEqual(tagOf(key, sealed), bytes.subarray(-TAG_BYTES)))
    throw new Error('ciphertext was changed');
  const decipher = createDecipheriv('sm4-cbc', key, sealed.subarray(0, IV_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES)), decipher.final()]);
}

/**
 * SM4-CBC with a fresh IV, then HMAC-SM3 over both: `<key version>:<base64 of iv, ciphertext, tag>`.
 * Software SM4 of OpenSSL: not a certified product.
 */
export function encryptText(text: string): string {
  const version = secrets().sm4KeyVersion;
  return `${version}:${seal(version, Buffer.from(text, 'utf8')).toString('base64')}`;
}

/** @throws Error when the text was not written by one of the keys, or was changed. */
export function decryptText(encrypted: string): string {
  const [version = '', body = ''] = encrypted.split(':');
  return open(version, Buffer.from(body, 'base64')).toString('utf8');
}

/** The same of a file: `<key version>:`, then the bytes of iv, ciphertext, tag. */
export function encryptBytes(bytes: Uint8Array): Buffer {
  const version = secrets().sm4KeyVersion;
  return Buffer.concat([Buffer.from(`${version}:`, 'utf8'), seal(version, bytes)]);
}

/** @throws Error when the bytes were not written by one of the keys, or were changed. */
export function decryptBytes(encrypted: Uint8Array): Buffer {
  const bytes = Buffer.from(encrypted);
  const colonAt = bytes.indexOf(':');
  return open(bytes.toString('utf8', 0, Math.max(0, colonAt)), bytes.subarray(colonAt + 1));
}
