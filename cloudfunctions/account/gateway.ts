import { randomBytes } from 'node:crypto';
import {
  createEsscGateway,
  parseEsscGatewayConfig,
  type EsscGateway,
  type EsscGatewayConfig,
} from '../shared/gateways/essc-gateway';
import { log } from '../shared/runtime/log';

/** Kept back for storing what the gateway told: the exchange uses the person's code up. */
const KEEP_MS = 2_000;

let config: EsscGatewayConfig | undefined;

/** The e-SSC gateway of ESSC_GATEWAY, for one call. */
export function openGateway(deadlineMs: number): EsscGateway {
  config ??= parseEsscGatewayConfig(process.env['ESSC_GATEWAY'] ?? '');
  return createEsscGateway(config, {
    nowMs: Date.now,
    randomHex: bytes => randomBytes(bytes).toString('hex'),
    fetch,
    deadlineMs: () => deadlineMs - KEEP_MS,
    report: failure => log('essc_failure', { ...failure }),
  });
}
