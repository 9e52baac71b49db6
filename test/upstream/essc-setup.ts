import { randomBytes } from 'node:crypto';

import { createEsscGateway, parseEsscGatewayConfig } from '../../cloudfunctions/shared/gateways/essc-gateway';
import type {
  EsscEdge,
  EsscGateway,
  EsscGatewayConfig,
} from '../../cloudfunctions/shared/gateways/essc-gateway';
import type { EsscFailure } from '../../cloudfunctions/shared/gateways/essc-outcome';
import {
  esscGatewayConfigFor,
  simulatorKeys,
  startEsscSimulator,
} from '../../local/upstream/essc-gateway-simulator';
import type {
  EsscSimulator,
  SimulatedPerson,
  SimulatorKeys,
} from '../../local/upstream/essc-gateway-simulator';

/** The test number of GB 11643 with an invented name. */
export const ZHANG_SAN = {
  name: '张三',
  idNumber: '11010519491231002X',
  phone: '13800000000',
  cityCode: '3701',
} as const satisfies SimulatedPerson;

export interface Setup {
  simulator: EsscSimulator;
  keys: SimulatorKeys;
  failures: EsscFailure[];
  /** The clock of both ends, moved by tests; it stands unless moved. */
  clock: { nowMs: number };
  gatewayWith(options?: GatewayOptions): EsscGateway;
}

export interface GatewayOptions {
  config?: Partial<EsscGatewayConfig>;
  edge?: Partial<EsscEdge>;
  url?: string;
}

/** 2026-11-24T02:00:00Z */
const START_MS = Date.UTC(2026, 10, 24, 2);

/** A simulator that knows 张三, and gateways that speak to it over HTTP, in their own time: a busy machine is no fault. */
export async function setUp(): Promise<Setup> {
  const keys = simulatorKeys();
  const clock = { nowMs: START_MS };
  const simulator = await startEsscSimulator({ port: 0, keys, nowMs: () => clock.nowMs });
  simulator.addPerson(ZHANG_SAN);
  const failures: EsscFailure[] = [];
  const edge: EsscEdge = {
    nowMs: () => clock.nowMs,
    randomHex: bytes => randomBytes(bytes).toString('hex'),
    fetch,
    deadlineMs: () => clock.nowMs + 20_000,
    report: failure => void failures.push(failure),
  };
  const gatewayWith = (options: GatewayOptions = {}): EsscGateway => {
    const overrides = { attemptTimeoutMs: 4_000, ...options.config };
    const json = esscGatewayConfigFor(options.url ?? simulator.url, keys, overrides);
    return createEsscGateway(parseEsscGatewayConfig(json), { ...edge, ...options.edge });
  };
  return { simulator, keys, failures, clock, gatewayWith };
}
