import { randomBytes } from 'node:crypto';

import type { CityCode } from '../../miniprogram/contract/areas';

/** An invented holder of an electronic social security card. */
export interface SimulatedPerson {
  name: string;
  idNumber: string;
  phone?: string;
  cityCode?: CityCode;
  /** Default true. */
  cardValid?: boolean;
}

export type Exchange =
  { outcome: 'accepted'; person: SimulatedPerson } | { outcome: 'unknown' | 'used' | 'expired' };

interface IssuedCode {
  idNumber: string;
  expiresAtMs: number;
  used: boolean;
}

export const AUTH_CODE_LIFETIME_MS = 5 * 60 * 1000;
/** Used and expired codes are remembered this long, to be told apart from unknown ones. */
const REMEMBERED_MS = 60 * 60 * 1000;

/** People and their one-time codes. Kept in memory only: they are gone with the process. */
export class SimulatedPeople {
  readonly #people = new Map<string, SimulatedPerson>();
  readonly #codes = new Map<string, IssuedCode>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Adds a person, or replaces the one with this ID number. */
  add(person: SimulatedPerson): void {
    this.#people.set(person.idNumber, person);
  }

  /** The person agrees to sign in. @returns a one-time code, or undefined for a person nobody added. */
  authorise(idNumber: string): string | undefined {
    if (!this.#people.has(idNumber)) return undefined;
    this.#forgetOldCodes();
    const authCode = randomBytes(16).toString('hex');
    const expiresAtMs = this.#nowMs() + AUTH_CODE_LIFETIME_MS;
    this.#codes.set(authCode, { idNumber, expiresAtMs, used: false });
    return authCode;
  }

  /** Uses a code up. */
  exchange(authCode: string): Exchange {
    const code = this.#codes.get(authCode);
    const person = code && this.#people.get(code.idNumber);
    if (!code || !person) return { outcome: 'unknown' };
    if (code.used) return { outcome: 'used' };
    if (this.#nowMs() >= code.expiresAtMs) return { outcome: 'expired' };
    code.used = true;
    return { outcome: 'accepted', person };
  }

  #forgetOldCodes(): void {
    const oldestMs = this.#nowMs() - REMEMBERED_MS;
    for (const [authCode, { expiresAtMs }] of this.#codes) {
      if (expiresAtMs < oldestMs) this.#codes.delete(authCode);
    }
  }
}
