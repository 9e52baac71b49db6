import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import {
  isSameSignature,
  openEnvelope,
  sealEnvelope,
  signCall,
} from '../../cloudfunctions/shared/gateways/essc-envelope';
import { parseJson } from './essc-simulator-http';
import {
  SIMULATOR_APIS,
  SIMULATOR_CARD_STATES,
  SIMULATOR_FIELDS,
  SIMULATOR_MSG_CODES,
} from './essc-simulator-keys';
import type { SimulatorKeys } from './essc-simulator-keys';
import type { SimulatedPeople, SimulatedPerson } from './essc-simulator-people';

/** A call whose signature, freshness and envelope have been checked. */
export interface OpenedCall {
  apiName: string;
  nonce: string;
  fields: Record<string, unknown>;
}

export type Opening = { call: OpenedCall } | { refusal: string };

/** The answer's contents before sealing. */
export interface ApiAnswer {
  msgCode: string;
  msg: string;
  fields?: Record<string, string>;
}

export const API_PATH = '/gateway';
const API_VERSION = '1.0.0';
const CLOCK_SKEW_MAX_MS = 5 * 60 * 1000;
const NONCES_MAX = 10_000;

/** Checks a call as the real gateway would: key, version, signature, freshness, replay, envelope, in this order. */
export class CallOpener {
  readonly #keys: SimulatorKeys;
  readonly #nowMs: () => number;
  readonly #nonces = new Set<string>();

  constructor(keys: SimulatorKeys, nowMs: () => number) {
    this.#keys = keys;
    this.#nowMs = nowMs;
  }

  open(headers: IncomingHttpHeaders, body: string): Opening {
    const header = (name: string): string => String(headers[name] ?? '');
    const apiName = header('_api_name');
    const apiVersion = header('_api_version');
    const [timestamp, nonce] = [header('_api_timestamp'), header('_api_nonce')];
    const { accessKey } = this.#keys;
    if (header('_api_access_key') !== accessKey) return { refusal: 'access key unknown' };
    if (apiVersion !== API_VERSION) return { refusal: 'version unknown' };
    const parts = { path: API_PATH, accessKey, apiName, apiVersion, timestamp, nonce, body };
    if (!isSameSignature(header('_api_signature'), signCall(parts, this.#keys.signatureKeyHex))) {
      return { refusal: 'signature wrong' };
    }
    if (!(Math.abs(this.#nowMs() - Number(timestamp)) <= CLOCK_SKEW_MAX_MS))
      return { refusal: 'timestamp stale' };
    if (!this.#remember(nonce)) return { refusal: 'nonce repeated' };
    return this.#unseal({ apiName, nonce, body });
  }

  #unseal({ apiName, nonce, body }: { apiName: string; nonce: string; body: string }): Opening {
    const security = readKey(parseJson(body), 'security');
    const context = { direction: 'request', apiName, nonce } as const;
    const plaintext =
      typeof security === 'string' ? openEnvelope(security, { keys: this.#keys, context }) : undefined;
    const fields = plaintext === undefined ? undefined : parseJson(plaintext);
    return isRecord(fields) ? { call: { apiName, nonce, fields } } : { refusal: 'envelope wrong' };
  }

  #remember(nonce: string): boolean {
    if (nonce === '' || this.#nonces.has(nonce)) return false;
    const [oldest] = this.#nonces;
    if (this.#nonces.size >= NONCES_MAX && oldest !== undefined) this.#nonces.delete(oldest);
    this.#nonces.add(nonce);
    return true;
  }
}

/** Does what the call asks. @returns undefined for an API that does not exist. */
export function answerCall(call: OpenedCall, people: SimulatedPeople): ApiAnswer | undefined {
  if (call.apiName === SIMULATOR_APIS.startSignIn) return startSignIn();
  if (call.apiName === SIMULATOR_APIS.exchangeAuthCode) return exchangeAuthCode(call, people);
  return undefined;
}

const startSignIn = (): ApiAnswer => ({
  msgCode: SIMULATOR_MSG_CODES.ok,
  msg: 'success',
  fields: { [SIMULATOR_FIELDS.reply.launchTicket]: randomBytes(12).toString('hex') },
});

function exchangeAuthCode(call: OpenedCall, people: SimulatedPeople): ApiAnswer {
  const exchange = people.exchange(String(call.fields[SIMULATOR_FIELDS.request.authCode] ?? ''));
  const codes = SIMULATOR_MSG_CODES;
  switch (exchange.outcome) {
    case 'accepted':
      return { msgCode: codes.ok, msg: 'success', fields: toFields(exchange.person) };
    case 'unknown':
      return { msgCode: codes.authCodeUnknown, msg: 'auth code unknown' };
    case 'used':
      return { msgCode: codes.authCodeUsed, msg: 'auth code used' };
    case 'expired':
      return { msgCode: codes.authCodeExpired, msg: 'auth code expired' };
  }
}

function toFields(person: SimulatedPerson): Record<string, string> {
  const { reply } = SIMULATOR_FIELDS;
  const states = SIMULATOR_CARD_STATES;
  return {
    [reply.idNumber]: person.idNumber,
    [reply.name]: person.name,
    [reply.cardState]: person.cardValid === false ? states.notValid : states.valid,
    ...(person.cityCode && { [reply.cityCode]: `${person.cityCode}00` }),
    ...(person.phone && { [reply.phone]: person.phone }),
  };
}

/** The outer reply: contents sealed for the request that asked. */
export function sealAnswer(call: OpenedCall, answer: ApiAnswer, keys: SimulatorKeys): string {
  const { msgCode, msg, fields } = answer;
  if (!fields) return JSON.stringify({ msgCode, msg });
  const context = { direction: 'reply', apiName: call.apiName, nonce: call.nonce } as const;
  const ivHex = randomBytes(16).toString('hex');
  const encrypt = sealEnvelope(JSON.stringify(fields), { keys, context, ivHex });
  return JSON.stringify({ msgCode, msg, result: { encrypt } });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readKey = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
