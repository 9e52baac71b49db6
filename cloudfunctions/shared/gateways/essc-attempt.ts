import { readBoundedText } from './bounded-body';
import { sealEnvelope, signCall } from './essc-envelope';
import type { TransportConfig } from './essc-gateway-config';
import {
  failed,
  type Attempt,
  type AttemptResult,
  type Cause,
  type EsscCall,
  type EsscFailure,
} from './essc-outcome';
import { readReply } from './essc-reply';

/** What the gateway needs of the world around it. */
export interface EsscEdge {
  /** Milliseconds since 1970. */
  nowMs(): number;
  randomHex(bytes: number): string;
  fetch: typeof fetch;
  /** When the running invocation must be over, on the clock of `nowMs`. */
  deadlineMs(): number;
  /** Told of every failed attempt, for the log; nothing in it is personal or secret. */
  report?(failure: EsscFailure): void;
}

const API_VERSION = '1.0.0';
const REPLY_BYTES_MAX = 1024 * 1024;
const NONCE_BYTES = 16;
const IV_BYTES = 16;

/** Errors of the connection that come before the first byte is sent. */
const NOT_CONNECTED_CODES = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Sends a call once. Never throws for anything that the network or the gateway does. */
export async function attemptCall(
  call: EsscCall,
  options: { config: TransportConfig; edge: EsscEdge; timeoutMs: number },
): Promise<AttemptResult> {
  const attempt: Attempt = { call, config: options.config, nonce: options.edge.randomHex(NONCE_BYTES) };
  const request = buildRequest(attempt, options.edge);
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(options.timeoutMs)));
  try {
    // The address is fixed by configuration: a redirect is a fault or an attack, so it is not followed.
    const init: RequestInit = { method: 'POST', ...request, redirect: 'manual', signal };
    const response = await options.edge.fetch(options.config.url, init);
    const body = await readBoundedText(response, REPLY_BYTES_MAX);
    return readReply({ status: response.status, body }, attempt);
  } catch (error) {
    return failed(attempt, connectionFailure(error, signal.aborted));
  }
}

function buildRequest({ call, config, nonce }: Attempt, edge: EsscEdge) {
  const security = sealEnvelope(JSON.stringify(call.fields), {
    keys: config.keys,
    context: { direction: 'request', apiName: call.apiName, nonce },
    ivHex: edge.randomHex(IV_BYTES),
  });
  const body = JSON.stringify({ security });
  const timestamp = String(edge.nowMs());
  const { accessKey } = config;
  const path = new URL(config.url).pathname;
  const signature = signCall(
    { path, accessKey, apiName: call.apiName, apiVersion: API_VERSION, timestamp, nonce, body },
    config.keys.signatureKeyHex,
  );
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    [config.headers.apiName]: call.apiName,
    [config.headers.apiVersion]: API_VERSION,
    [config.headers.accessKey]: accessKey,
    [config.headers.timestamp]: timestamp,
    [config.headers.nonce]: nonce,
    [config.headers.signature]: signature,
  };
  return { headers, body };
}

function connectionFailure(error: unknown, timedOut: boolean): Cause {
  if (timedOut) return { cause: 'timeout', repeat: 'if_harmless' };
  return NOT_CONNECTED_CODES.includes(String(errorCodeOf(error)))
    ? { cause: 'not_connected', repeat: 'always' }
    : { cause: 'connection_lost', repeat: 'if_harmless' };
}

/** fetch wraps the socket's error; its code is on the cause. Not by instanceof: the error may be of another realm. */
function errorCodeOf(error: unknown): unknown {
  const cause = readKey(error, 'cause');
  return readKey(cause, 'code');
}

const readKey = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
