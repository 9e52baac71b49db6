import { randomBytes } from 'node:crypto';

import type { EsscGatewayConfig } from '../../cloudfunctions/shared/gateways/essc-gateway';

/** What the simulator and its client share. Made anew by every start: no key of it is worth stealing. */
export interface SimulatorKeys {
  accessKey: string;
  encryptionKeyHex: string;
  envelopeMacKeyHex: string;
  signatureKeyHex: string;
}

/** Fresh random keys. */
export const simulatorKeys = (): SimulatorKeys => ({
  accessKey: `simulator-${randomBytes(8).toString('hex')}`,
  encryptionKeyHex: randomBytes(16).toString('hex'),
  envelopeMacKeyHex: randomBytes(32).toString('hex'),
  signatureKeyHex: randomBytes(32).toString('hex'),
});

/** API names: the two seen in public client code that come nearest. */
export const SIMULATOR_APIS = { startSignIn: 'sign_info', exchangeAuthCode: 'auth_encrypt' } as const;

/**
 * Field names. aac002, aac003, aab301, aaz502, channelNo, accessNo and signNo are seen in public client code;
 * phone and ticket are names of ours, for nothing public names them.
 */
export const SIMULATOR_FIELDS = {
  request: { channelNumber: 'channelNo', accessNumber: 'accessNo', authCode: 'signNo' },
  reply: {
    idNumber: 'aac002',
    name: 'aac003',
    cardState: 'aaz502',
    cityCode: 'aab301',
    phone: 'phone',
    launchTicket: 'signTicket',
  },
} as const;

export const SIMULATOR_CARD_STATES = { valid: '1', notValid: '2' } as const;

/** Answers of the simulator. All but 000000 are our own numbers. */
export const SIMULATOR_MSG_CODES = {
  ok: '000000',
  authCodeUnknown: '110001',
  authCodeUsed: '110002',
  authCodeExpired: '110003',
  askedToRepeat: '900001',
} as const;

/** Status of a gateway that has not let the call through to the service behind it. */
export const SIMULATOR_NOT_PROCESSED_STATUS = 503;

/**
 * The gateway configuration, as JSON for parseEsscGatewayConfig, that speaks to a simulator at `url`.
 * @param overrides replace whole top-level entries, e.g. a shorter attemptTimeoutMs.
 */
export function esscGatewayConfigFor(
  url: string,
  keys: SimulatorKeys,
  overrides: Partial<EsscGatewayConfig> = {},
): string {
  const { accessKey, ...secretKeys } = keys;
  const codes = SIMULATOR_MSG_CODES;
  return JSON.stringify({
    url,
    accessKey,
    keys: secretKeys,
    channelNumber: '3701000001',
    accessNumber: '3700000001',
    apis: SIMULATOR_APIS,
    requestFields: SIMULATOR_FIELDS.request,
    replyFields: SIMULATOR_FIELDS.reply,
    validCardStates: [SIMULATOR_CARD_STATES.valid],
    refusedMsgCodes: [codes.authCodeUnknown, codes.authCodeUsed, codes.authCodeExpired],
    repeatable: { msgCodes: [codes.askedToRepeat], httpStatuses: [SIMULATOR_NOT_PROCESSED_STATUS] },
    launch: {
      appId: 'wx-essc-simulator',
      path: 'pages/authorise/authorise',
      channelNumberKey: 'channelNo',
      launchTicketKey: 'signTicket',
    },
    ...overrides,
  });
}
