import type { DeliveryFailure } from '../../../miniprogram/contract/platform';
import { toCodeText } from '../../../miniprogram/contract/plain-text';
import type { VoucherStatus } from '../../../miniprogram/contract/vouchers';
import type { Answer } from '../domain/delivery';
import { attemptCall, type EsscEdge } from './essc-attempt';
import { parseTransportConfig, type TransportConfig } from './essc-gateway-config';
import type { EsscFailure } from './essc-outcome';
import { MINISTRY_MAPPING, type ToldCommand } from './ministry-mapping';

/** What a message says, in this system's own words. Everything about the person is personal. */
export interface PlatformMessage {
  /** The same at every try. */
  messageId: string;
  command: ToldCommand;
  /** The state that the step leads to there. */
  status: VoucherStatus;
  facts: Partial<Record<Exclude<Fact, 'messageId' | 'status'>, string>>;
}

type Fact = keyof typeof MINISTRY_MAPPING.requestFields;

/** Tells the ministry's platform (部平台) of the steps of vouchers. */
export interface MinistryGateway {
  /** Sends a message once; whoever sends it keeps when to send it again. Never throws for what the network or the platform does. */
  send(message: PlatformMessage): Promise<Answer>;
}

const FAILURES: Record<EsscFailure['cause'], DeliveryFailure> = {
  not_connected: 'not_reached',
  connection_lost: 'no_answer',
  timeout: 'no_answer',
  deadline_passed: 'no_answer',
  http_status: 'answer_unusable',
  gateway_failure: 'platform_busy',
  asked_to_repeat: 'platform_busy',
  reply_too_large: 'answer_unusable',
  reply_malformed: 'answer_unusable',
  reply_not_authentic: 'answer_not_genuine',
  answer_unusable: 'answer_unusable',
};

/** @throws Error naming every wrong key of MINISTRY_GATEWAY, never a value. */
export const parseMinistryConfig = (json: string): TransportConfig => parseTransportConfig(json, 'ministry');

/** The platform over HTTP: signed and sealed as the e-SSC gateway's calls are. */
export const createMinistryGateway = (config: TransportConfig, edge: EsscEdge): MinistryGateway => ({
  send: async message => {
    const timeoutMs = Math.min(config.attemptTimeoutMs, edge.deadlineMs() - edge.nowMs());
    if (timeoutMs <= 0) return failed('no_answer');
    const call = { apiName: MINISTRY_MAPPING.apis[message.command], fields: toFields(message) };
    const result = await attemptCall(call, { config, edge, timeoutMs });
    if (result.kind === 'answered') return readAnswer(message, result.fields);
    edge.report?.(result.failure);
    return failed(FAILURES[result.failure.cause]);
  },
});

const failed = (reason: DeliveryFailure): Answer => ({ kind: 'failed', reason });

function toFields({ messageId, status, facts }: PlatformMessage): Record<string, string> {
  const { requestFields, statuses } = MINISTRY_MAPPING;
  const told = { ...facts, messageId, status: statuses[status] };
  return Object.fromEntries(
    Object.entries(told).map(([fact, value]) => [requestFields[fact as Fact], value]),
  );
}

/**
 * Only what is sealed counts, and only for the message that was sent. A result that is neither done nor refused in words that
 * agree with the step is no answer: it is asked for again.
 */
function readAnswer(
  { messageId, command, status }: PlatformMessage,
  fields: Record<string, unknown>,
): Answer {
  const { accepted, codeForm, refusals, replyFields, statuses } = MINISTRY_MAPPING;
  const textOf = (fact: keyof typeof replyFields): string | undefined => {
    const value = fields[replyFields[fact]];
    return typeof value === 'string' ? value : undefined;
  };
  const result = textOf('result');
  if (result === undefined || textOf('messageId') !== messageId) return failed('answer_unusable');
  if (!accepted.includes(result))
    return refusal(result, Object.hasOwn(refusals, result) ? refusals[result] : undefined);
  if (textOf('status') !== statuses[status]) return failed('answer_contradictory');
  if (command === 'order') {
    const code = toCodeText(textOf('code') ?? '');
    return codeForm.test(code) ? { kind: 'accepted', code } : failed('answer_unusable');
  }
  return { kind: 'accepted' };
}

/** Only a code that looks like one is kept: nothing else that the platform says may come to be shown. */
function refusal(result: string, reason: Extract<Answer, { kind: 'refused' }>['reason'] = 'other'): Answer {
  const isCode = /^[\w-]{1,16}$/.test(result);
  return { kind: 'refused', reason, ...(isCode && { platformCode: result }) };
}
