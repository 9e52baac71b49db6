import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { listenOnLoopback } from '../cloud/listen';
import { createLocalServer } from '../cloud/local-server';
import { answerAdmin } from './essc-simulator-admin';
import { API_PATH, CallOpener } from './essc-simulator-api';
import { serveCall } from './essc-simulator-calls';
import type { Simulation } from './essc-simulator-calls';
import { FaultPlan } from './essc-simulator-faults';
import type { EsscFaults } from './essc-simulator-faults';
import { parseJson, readBody, sendFailure, sendJson } from './essc-simulator-http';
import type { SimulatorKeys } from './essc-simulator-keys';
import { SimulatedPeople } from './essc-simulator-people';
import type { SimulatedPerson } from './essc-simulator-people';

export { esscGatewayConfigFor, simulatorKeys } from './essc-simulator-keys';
export type { SimulatorKeys } from './essc-simulator-keys';
export type { SimulatedPerson } from './essc-simulator-people';
export type { EsscFaults } from './essc-simulator-faults';

/** A running e-SSC gateway for one machine. It knows only the people it was told of, in memory. */
export interface EsscSimulator {
  /** Address of the gateway itself, for esscGatewayConfigFor. */
  url: string;
  /** Address that the admin routes hang on: POST /persons, POST /authorise. */
  adminUrl: string;
  close(): Promise<void>;
  addPerson(person: SimulatedPerson): void;
  /** The person agrees to sign in. @returns a code that works once within 5 minutes. @throws Error for a stranger. */
  authorise(idNumber: string): string;
  setFaults(faults: EsscFaults): void;
  /** Calls to the gateway that carried a good signature, spoilt ones included. */
  callCount(): number;
}

export interface EsscSimulatorOptions {
  /** 0 takes any free port. */
  port: number;
  keys: SimulatorKeys;
  /** Must run with the clock of the functions, which sign with theirs. Default: the system's. */
  nowMs?: () => number;
}

/** Starts the simulator on 127.0.0.1. */
export async function startEsscSimulator(options: EsscSimulatorOptions): Promise<EsscSimulator> {
  const nowMs = options.nowMs ?? Date.now;
  const simulation: Simulation = {
    keys: options.keys,
    people: new SimulatedPeople(nowMs),
    opener: new CallOpener(options.keys, nowMs),
    faults: new FaultPlan(),
    lastAnswers: new Map(),
    callCount: 0,
  };
  const server = createLocalServer((request, response) => {
    serve(simulation, { request, response }).catch(() => response.destroy());
  });
  const adminUrl = `http://127.0.0.1:${await listenOnLoopback(server, options.port)}`;
  return {
    url: adminUrl + API_PATH,
    adminUrl,
    close: () => close(server),
    addPerson: person => simulation.people.add(person),
    authorise: idNumber => authorise(simulation, idNumber),
    setFaults: faults => simulation.faults.set(faults),
    callCount: () => simulation.callCount,
  };
}

/** Open connections, kept alive by clients, would hold the close back for seconds. */
const close = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

function authorise({ people }: Simulation, idNumber: string): string {
  const authCode = people.authorise(idNumber);
  if (authCode === undefined) throw new Error('no such simulated person: add it first');
  return authCode;
}

interface Http {
  request: IncomingMessage;
  response: ServerResponse;
}

async function serve(simulation: Simulation, http: Http): Promise<void> {
  const path = new URL(http.request.url ?? '/', 'http://127.0.0.1').pathname;
  if (path !== API_PATH) return serveAdmin(simulation, { ...http, path });
  if (http.request.method !== 'POST')
    return sendFailure(http.response, { status: 405, message: 'POST only' });
  const body = await readBody(http.request);
  const opening = simulation.opener.open(http.request.headers, body);
  if ('refusal' in opening) return sendFailure(http.response, { status: 403, message: opening.refusal });
  simulation.callCount += 1;
  const { delayMs } = simulation.faults;
  if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs));
  return serveCall(simulation, { call: opening.call, response: http.response });
}

async function serveAdmin(simulation: Simulation, http: Http & { path: string }): Promise<void> {
  const { request, response, path } = http;
  if (request.method !== 'POST') return sendJson(response, { status: 405, text: '{"error":"post_only"}' });
  const { status, body } = answerAdmin(path, parseJson(await readBody(request)), simulation.people);
  sendJson(response, { status, text: JSON.stringify(body) });
}
