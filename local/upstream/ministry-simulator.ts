import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { MINISTRY_MAPPING, type ToldCommand } from '../../cloudfunctions/shared/gateways/ministry-mapping';
import { listenOnLoopback } from '../cloud/listen';
import { createLocalServer } from '../cloud/local-server';
import { API_PATH, CallOpener, sealAnswer, type OpenedCall } from './essc-simulator-api';
import { flipSealedCharacter, readBody, sendFailure, sendJson } from './essc-simulator-http';
import { SIMULATOR_MSG_CODES, type SimulatorKeys } from './essc-simulator-keys';
import { MinistryPlatform, type PlatformVoucher } from './ministry-platform';

export type { PlatformVoucher } from './ministry-platform';

/**
 * What can be wrong with an answer.
 * lost: done, but the connection stays silent. dropped: done, then the connection is cut. status5xx: not done.
 * twice: the message is carried out two times. slow: done, the answer comes late. stale: not done, the answer is that to an earlier
 * message. wrong_signature: done, the answer's MAC is not genuine.
 */
export const MINISTRY_FAULTS = [
  'lost',
  'dropped',
  'status5xx',
  'twice',
  'slow',
  'stale',
  'wrong_signature',
] as const;
export type MinistryFault = (typeof MINISTRY_FAULTS)[number];

/** A running platform of the ministry for one machine. */
export interface MinistrySimulator {
  url: string;
  close(): Promise<void>;
  /** The next calls are spoilt in this way, one after the other, before any by chance. */
  spoilNext(...faults: MinistryFault[]): void;
  /** Share of calls that are spoilt by chance, each in one of these ways; 0 for none. */
  spoilAtRandom(share: number, kinds?: readonly MinistryFault[]): void;
  /** Refuses the next message of this step. */
  refuseNext(command: ToldCommand, result: string): void;
  /** The next voucher that is made gets this code, be it another's. */
  giveCodeNext(code: string): void;
  /** What the platform holds, by the id of the voucher. */
  vouchers(): ReadonlyMap<string, PlatformVoucher>;
  /** How often each message has come, by its id, carried out or not. */
  deliveries(): ReadonlyMap<string, number>;
  /** When each message was carried out, by its id: milliseconds since 1970. */
  doneAtMs(): ReadonlyMap<string, number>;
}

export interface MinistrySimulatorOptions {
  /** 0 takes any free port. */
  port: number;
  keys: SimulatorKeys;
  /** Must run with the clock of the functions, which sign with theirs. Default: the system's. */
  nowMs?: () => number;
  /** Where it remembers what it has done; nowhere unless told. */
  file?: string;
  /** Of the chance by which calls are spoilt. */
  seed?: number;
  /** How late a slow answer is, milliseconds. */
  slowMs?: number;
}

/** The configuration of the gateway, as MINISTRY_GATEWAY holds it, that speaks to a simulator at `url`. */
export const ministryConfigFor = (url: string, keys: SimulatorKeys, attemptTimeoutMs = 2_000): string => {
  const { accessKey, ...secretKeys } = keys;
  return JSON.stringify({ url, accessKey, keys: secretKeys, attemptTimeoutMs });
};

/** Starts the simulator on 127.0.0.1. */
export async function startMinistrySimulator(options: MinistrySimulatorOptions): Promise<MinistrySimulator> {
  const nowMs = options.nowMs ?? Date.now;
  const platform = new MinistryPlatform(nowMs, options.file);
  const counter = new Simulation(platform, options);
  const opener = new CallOpener(options.keys, nowMs);
  const server = createLocalServer((request, response) => {
    answer(opener, counter, { request, response }).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, options.port);
  return {
    url: `http://127.0.0.1:${port}${API_PATH}`,
    close: () => close(server),
    spoilNext: (...faults) => void counter.next.push(...faults),
    spoilAtRandom: (share, kinds = MINISTRY_FAULTS) => Object.assign(counter, { share, kinds }),
    refuseNext: (command, result) => platform.refuseNext(command, result),
    giveCodeNext: code => platform.giveCodeNext(code),
    vouchers: () => platform.vouchers,
    deliveries: () => counter.deliveries,
    doneAtMs: () => platform.doneAtMs,
  };
}

/** Open connections, kept alive by clients, would hold the close back for seconds. */
const close = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

interface Http {
  request: IncomingMessage;
  response: ServerResponse;
}

async function answer(
  opener: CallOpener,
  simulation: Simulation,
  { request, response }: Http,
): Promise<void> {
  if (request.method !== 'POST') return sendFailure(response, { status: 405, message: 'POST only' });
  const opening = opener.open(request.headers, await readBody(request));
  if ('refusal' in opening) return sendFailure(response, { status: 403, message: opening.refusal });
  await simulation.serve(opening.call, response);
}

const SLOW_MS = 300;

/** Answers checked calls, or spoils them. */
class Simulation {
  readonly next: MinistryFault[] = [];
  readonly deliveries = new Map<string, number>();
  share = 0;
  kinds: readonly MinistryFault[] = MINISTRY_FAULTS;
  readonly #random: () => number;
  /** The last answer of each interface, sealed for the call that it answered. */
  readonly #lastAnswers = new Map<string, string>();

  constructor(
    private readonly platform: MinistryPlatform,
    private readonly options: MinistrySimulatorOptions,
  ) {
    this.#random = randomFrom(options.seed ?? 1);
  }

  async serve(call: OpenedCall, response: ServerResponse): Promise<void> {
    this.#count(call);
    const fault = this.#takeFault();
    if (fault === 'status5xx') return sendFailure(response, { status: 503, message: 'service busy' });
    if (fault === 'stale') return sendJson(response, { status: 200, text: this.#staleReply(call) });
    if (fault === 'twice') this.platform.handle(call.apiName, call.fields);
    const fields = this.platform.handle(call.apiName, call.fields);
    if (!fields) return sendFailure(response, { status: 404, message: 'api unknown' });
    const sealed = sealAnswer(
      call,
      { msgCode: SIMULATOR_MSG_CODES.ok, msg: 'success', fields },
      this.options.keys,
    );
    this.#lastAnswers.set(call.apiName, sealed);
    await this.#send(response, sealed, fault);
  }

  async #send(response: ServerResponse, sealed: string, fault: MinistryFault | undefined): Promise<void> {
    if (fault === 'lost') return;
    if (fault === 'dropped') return void response.destroy();
    if (fault === 'slow') await new Promise(resolve => setTimeout(resolve, this.options.slowMs ?? SLOW_MS));
    const text = fault === 'wrong_signature' ? flipSealedCharacter(sealed) : sealed;
    sendJson(response, { status: 200, text });
  }

  #count({ fields }: OpenedCall): void {
    const messageId = String(fields[MINISTRY_MAPPING.requestFields.messageId] ?? '');
    this.deliveries.set(messageId, (this.deliveries.get(messageId) ?? 0) + 1);
  }

  #takeFault(): MinistryFault | undefined {
    const planned = this.next.shift();
    if (planned || this.#random() >= this.share) return planned;
    return this.kinds[Math.floor(this.#random() * this.kinds.length)];
  }

  /** Without an earlier answer: one that was made for another request. */
  #staleReply(call: OpenedCall): string {
    const made = { msgCode: SIMULATOR_MSG_CODES.ok, msg: 'success', fields: {} };
    return (
      this.#lastAnswers.get(call.apiName) ??
      sealAnswer({ ...call, nonce: 'earlier' }, made, this.options.keys)
    );
  }
}

/** mulberry32: the same faults at every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
