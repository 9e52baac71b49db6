import type { ServerResponse } from 'node:http';

import { answerCall, sealAnswer } from './essc-simulator-api';
import type { CallOpener, OpenedCall } from './essc-simulator-api';
import type { FaultKind, FaultPlan, GarbleKind } from './essc-simulator-faults';
import { flipSealedCharacter, sendFailure, sendJson } from './essc-simulator-http';
import { SIMULATOR_MSG_CODES, SIMULATOR_NOT_PROCESSED_STATUS } from './essc-simulator-keys';
import type { SimulatorKeys } from './essc-simulator-keys';
import type { SimulatedPeople } from './essc-simulator-people';

const TOO_LARGE_BYTES = 1024 * 1024 + 1;

/** The simulator's whole state. */
export interface Simulation {
  keys: SimulatorKeys;
  people: SimulatedPeople;
  opener: CallOpener;
  faults: FaultPlan;
  /** Last good answer of each API, for stale ones. */
  lastAnswers: Map<string, string>;
  callCount: number;
}

/** Answers a checked call, or spoils it as the next fault says. */
export function serveCall(
  simulation: Simulation,
  exchange: { call: OpenedCall; response: ServerResponse },
): void {
  const { call, response } = exchange;
  const fault = simulation.faults.take();
  if (fault !== undefined && serveUnprocessed(fault, { simulation, ...exchange })) return;
  const answer = answerCall(call, simulation.people);
  if (!answer) return sendFailure(response, { status: 404, message: 'api unknown' });
  const sealed = sealAnswer(call, answer, simulation.keys);
  simulation.lastAnswers.set(call.apiName, sealed);
  if (fault === 'dropAfterProcess') return void response.destroy();
  if (fault === 'garble') return sendGarbled(response, { sealed, kind: simulation.faults.garbleWith });
  sendJson(response, { status: 200, text: sealed });
}

/** Faults that come before the call is processed. @returns whether it was one. */
function serveUnprocessed(
  fault: FaultKind,
  { simulation, call, response }: { simulation: Simulation; call: OpenedCall; response: ServerResponse },
): boolean {
  switch (fault) {
    case 'fail':
      sendJson(response, { status: 200, text: busyReply() });
      return true;
    case 'status5xx':
      sendFailure(response, { status: SIMULATOR_NOT_PROCESSED_STATUS, message: 'service busy' });
      return true;
    case 'stale':
      sendJson(response, { status: 200, text: staleReply(simulation, call) });
      return true;
    case 'dropAfterProcess':
    case 'garble':
      return false;
  }
}

const busyReply = (): string => JSON.stringify({ msgCode: SIMULATOR_MSG_CODES.askedToRepeat, msg: 'busy' });

/** Without an earlier answer: one that was made for another request. */
function staleReply({ lastAnswers, keys }: Simulation, call: OpenedCall): string {
  const made = { msgCode: SIMULATOR_MSG_CODES.ok, msg: 'success', fields: {} };
  return lastAnswers.get(call.apiName) ?? sealAnswer({ ...call, nonce: 'earlier' }, made, keys);
}

function sendGarbled(response: ServerResponse, { sealed, kind }: { sealed: string; kind: GarbleKind }): void {
  switch (kind) {
    case 'bad_json':
      return sendJson(response, { status: 200, text: sealed.slice(0, -2) });
    case 'bad_mac':
      return sendJson(response, { status: 200, text: flipSealedCharacter(sealed) });
    case 'too_large':
      return sendJson(response, { status: 200, text: sealed + ' '.repeat(TOO_LARGE_BYTES) });
    case 'redirect':
      response.setHeader('location', 'http://127.0.0.1:9/elsewhere');
      return sendJson(response, { status: 302, text: '' });
  }
}
