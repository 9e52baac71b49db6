import { randomBytes } from 'node:crypto';
import {
  createEsscGateway,
  parseEsscGatewayConfig,
  type EsscGateway,
  type EsscGatewayConfig,
} from '../shared/gateways/essc-gateway';
import { log } from '../shared/runtime/log';

let config: EsscGatewayConfig | undefined;

/** The e-SSC gateway of ESSC_GATEWAY, for one call. */
export function openGateway(deadlineMs: number): EsscGateway {
  config ??= parseEsscGatewayConfig(process.env['ESSC_GATEWAY'] ?? '');
  return createEsscGateway(config, {
    nowMs: Date.now,
    randomHex: bytes => randomBytes(bytes).toString('hex'),
    fetch,
    deadlineMs: () => deadlineMs,
    report: failure => log('essc_failure', { ...failure }),
  });
}
