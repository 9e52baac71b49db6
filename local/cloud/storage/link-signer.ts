import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a signature permits. */
export interface Permission {
  readonly action: 'get' | 'put';
  readonly path: string;
  /** Seconds since 1970. */
  readonly expiresAtS: number;
}

const SECRET_BYTES = 32;

/** Signs links with a secret of this data folder, so that they outlive a restart but cannot be guessed. */
export class LinkSigner {
  readonly #secret: Buffer;

  constructor(secretFile: string) {
    if (!existsSync(secretFile)) {
      mkdirSync(dirname(secretFile), { recursive: true });
      writeFileSync(secretFile, randomBytes(SECRET_BYTES), { mode: 0o600 });
    }
    this.#secret = readFileSync(secretFile);
  }

  sign({ action, path, expiresAtS }: Permission): string {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify([action, path, expiresAtS]))
      .digest('base64url');
  }

  /** Whether the signature is genuine and its time not over. */
  permits(permission: Permission, signature: string, nowMs: number): boolean {
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.sign(permission));
    const isGenuine = given.length === expected.length && timingSafeEqual(given, expected);
    return isGenuine && nowMs < permission.expiresAtS * 1000;
  }
}
