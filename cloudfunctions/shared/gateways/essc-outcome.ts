import type { TransportConfig } from './essc-gateway-config';

export interface EsscCall {
  apiName: string;
  fields: Record<string, string>;
}

/** One try of a call; its nonce is never used again. */
export interface Attempt {
  call: EsscCall;
  config: TransportConfig;
  nonce: string;
}

/**
 * When the same call may be sent again.
 * always: it was not processed (never sent, or the gateway says so).
 * if_harmless: it may have been processed. never: the next try would end the same way.
 */
export type RepeatRule = 'always' | 'if_harmless' | 'never';

export interface EsscFailure {
  apiName: string;
  cause:
    | 'not_connected'
    | 'connection_lost'
    | 'timeout'
    | 'deadline_passed'
    | 'http_status'
    | 'gateway_failure'
    | 'asked_to_repeat'
    | 'reply_too_large'
    | 'reply_malformed'
    | 'reply_not_authentic'
    | 'answer_unusable';
  repeat: RepeatRule;
  httpStatus?: number;
  /** Of an answer that configuration does not explain: to be added there, or a field mapping is wrong. */
  msgCode?: string;
  /** The gateway's own number of the call, for its operator. */
  requestId?: string;
}

export type AttemptResult =
  | { kind: 'answered'; msgCode: string; fields: Record<string, unknown> }
  | { kind: 'failed'; failure: EsscFailure };

/** A failure but for the name of its call. */
export type Cause = Omit<EsscFailure, 'apiName'>;

export const failed = (attempt: Attempt, cause: Cause): AttemptResult => ({
  kind: 'failed',
  failure: { apiName: attempt.call.apiName, ...cause },
});
