import { randomBytes, timingSafeEqual } from 'node:crypto';

/** What the SDK signs its requests with: `secretId` and `secretKey` of `tcb.init`. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
}

const SECRET_BYTES = 24;

/** What nobody can guess, for headers and variables. */
export const makeSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export const makeCredentials = (): Credentials => ({ secretId: 'local', secretKey: makeSecret() });

/** Compares without telling by its duration how much was right. */
export function isSameSecret(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
