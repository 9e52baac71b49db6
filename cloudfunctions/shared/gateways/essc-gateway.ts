import type { SignInStart } from '../../../miniprogram/contract/accounts';
import { isCityCode } from '../../../miniprogram/contract/areas';
import type { CityCode } from '../../../miniprogram/contract/areas';
import { fail, ok } from '../../../miniprogram/contract/result';
import type { Result } from '../../../miniprogram/contract/result';
import type { EsscEdge } from './essc-attempt';
import type { EsscGatewayConfig } from './essc-gateway-config';
import type { AttemptResult } from './essc-outcome';
import { callWithRetries } from './essc-retry';

export type { EsscEdge } from './essc-attempt';
export { parseEsscGatewayConfig } from './essc-gateway-config';
export type { EsscGatewayConfig } from './essc-gateway-config';

/** A person whose identity the e-SSC has checked (实名制身份验证, notice 三(四)). Everything in it is personal. */
export interface EsscPerson {
  name: string;
  /** 18 characters, a final x written X. Its check character is not judged here. */
  idNumber: string;
  phone?: string;
  /** The card is usable: issued and neither lost nor withdrawn. */
  cardValid: boolean;
  /** City where the card was issued, when it is one of this province. */
  cityCode?: CityCode;
}

/** Signs people in by their electronic social security card (电子社保卡). */
export interface EsscGateway {
  /** @returns how to open the e-SSC mini-program, or gateway_unavailable. */
  startSignIn(options: { channelNumber?: string }): Promise<Result<SignInStart>>;
  /**
   * Turns the one-time code that came back from the e-SSC into the person.
   * @returns the person; sign_in_failed for an unknown, used or expired code; gateway_unavailable.
   * After gateway_unavailable the code may be used up: asking again is safe and may answer sign_in_failed.
   */
  exchangeAuthCode(authCode: string): Promise<Result<EsscPerson>>;
}

const AUTH_CODE_LENGTH_MAX = 512;
const FIELD_LENGTH_MAX = 200;

/** The gateway over HTTP. It logs nothing itself; `edge.report` is told of failures without anything personal. */
export function createEsscGateway(config: EsscGatewayConfig, edge: EsscEdge): EsscGateway {
  return {
    startSignIn: options => startSignIn(options.channelNumber ?? config.channelNumber, { config, edge }),
    exchangeAuthCode: authCode => exchangeAuthCode(authCode, { config, edge }),
  };
}

interface Tools {
  config: EsscGatewayConfig;
  edge: EsscEdge;
}

async function startSignIn(channelNumber: string, tools: Tools): Promise<Result<SignInStart>> {
  const { config, edge } = tools;
  const { startSignIn: apiName } = config.apis;
  const launch = toSignInStart(channelNumber, config);
  if (apiName === undefined) return ok(launch);
  const fields = channelFields(channelNumber, config);
  const result = await callWithRetries({ apiName, fields }, { config, edge, effect: 'harmless' });
  const ticket = result.kind === 'answered' && findText(result.fields, config.replyFields.launchTicket);
  const { launchTicketKey } = config.launch;
  if (!ticket || launchTicketKey === undefined) return unusable(apiName, { result, edge });
  return ok({ ...launch, extraData: { ...launch.extraData, [launchTicketKey]: ticket } });
}

const toSignInStart = (channelNumber: string, { launch }: EsscGatewayConfig): SignInStart => ({
  esscAppId: launch.appId,
  esscPath: launch.path,
  extraData: { ...launch.extraData, [launch.channelNumberKey]: channelNumber },
});

const channelFields = (channelNumber: string, { requestFields, accessNumber }: EsscGatewayConfig) => ({
  [requestFields.channelNumber]: channelNumber,
  [requestFields.accessNumber]: accessNumber,
});

async function exchangeAuthCode(authCode: string, tools: Tools): Promise<Result<EsscPerson>> {
  const { config, edge } = tools;
  if (authCode === '' || authCode.length > AUTH_CODE_LENGTH_MAX) return fail('sign_in_failed');
  const fields = {
    ...channelFields(config.channelNumber, config),
    [config.requestFields.authCode]: authCode,
  };
  const call = { apiName: config.apis.exchangeAuthCode, fields };
  const result = await callWithRetries(call, { config, edge, effect: 'single' });
  if (result.kind === 'answered' && config.refusedMsgCodes.includes(result.msgCode))
    return fail('sign_in_failed');
  const person = result.kind === 'answered' && toPerson(result.fields, config);
  return person ? ok(person) : unusable(call.apiName, { result, edge });
}

/** Reports an answer that we cannot use; a failed attempt has been reported where it failed. */
function unusable(apiName: string, { result, edge }: { result: AttemptResult; edge: EsscEdge }) {
  if (result.kind === 'answered') {
    const msgCode = /^\w{1,16}$/.test(result.msgCode) ? result.msgCode : 'unreadable';
    edge.report?.({ apiName, cause: 'answer_unusable', repeat: 'never', msgCode });
  }
  return fail('gateway_unavailable');
}

/** @returns undefined when a needed item is missing: half a person is nobody. */
function toPerson(fields: Record<string, unknown>, config: EsscGatewayConfig): EsscPerson | undefined {
  const { replyFields, validCardStates } = config;
  const name = findText(fields, replyFields.name);
  const idNumber = findText(fields, replyFields.idNumber)?.toUpperCase();
  const cardState = findText(fields, replyFields.cardState);
  if (!name || !cardState || !idNumber || !/^\d{17}[\dX]$/.test(idNumber)) return undefined;
  const phone = findText(fields, replyFields.phone);
  // Region codes have 4, 6 or 12 digits; the first four are the city.
  const cityCode = findText(fields, replyFields.cityCode)?.slice(0, 4);
  return {
    name,
    idNumber,
    cardValid: validCardStates.includes(cardState),
    ...(phone !== undefined && { phone }),
    ...(cityCode !== undefined && isCityCode(cityCode) && { cityCode }),
  };
}

function findText(fields: Record<string, unknown>, key: string | undefined): string | undefined {
  const value = key !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > FIELD_LENGTH_MAX) return undefined;
  return text.trim() || undefined;
}
