import * as v from 'valibot';

import { openEnvelope } from './essc-envelope';
import type { TransportConfig } from './essc-gateway-config';
import { failed, type Attempt, type AttemptResult, type Cause } from './essc-outcome';

const MSG_CODE_OK = '000000';

/** Outer reply; `result` is there only on success. Unknown keys are let pass: the outer shape is not ours. */
const Reply = v.object({
  msgCode: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
  result: v.nullish(v.looseObject({ encrypt: v.optional(v.string()) })),
});
const Failure = v.object({ requestId: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)) });
const Fields = v.record(v.string(), v.unknown());

/** Reads what came back: judged from the outside in, nothing decrypted before it is proved genuine. */
export function readReply(
  reply: { status: number; body: string | undefined },
  attempt: Attempt,
): AttemptResult {
  const { status, body } = reply;
  if (status !== 200) return failed(attempt, statusFailure({ status, body }, attempt.config));
  if (body === undefined) return failed(attempt, { cause: 'reply_too_large', repeat: 'never' });
  const json = parseJson(body);
  const outer = v.safeParse(Reply, json);
  if (!outer.success) return failed(attempt, { cause: 'reply_malformed', repeat: 'if_harmless' });
  const { msgCode, result } = outer.output;
  if (attempt.config.repeatable.msgCodes.includes(msgCode)) {
    return failed(attempt, { cause: 'asked_to_repeat', repeat: 'always' });
  }
  // Gateway failures may also arrive with HTTP 200 and their 5xx in msgCode.
  if (/^5\d\d$/.test(msgCode)) {
    return failed(attempt, { cause: 'gateway_failure', repeat: 'if_harmless', ...requestIdOf(json) });
  }
  if (msgCode !== MSG_CODE_OK) return { kind: 'answered', msgCode, fields: {} };
  return readSealedFields(result?.encrypt, attempt);
}

function readSealedFields(encrypt: string | undefined, attempt: Attempt): AttemptResult {
  if (encrypt === undefined) return failed(attempt, { cause: 'reply_malformed', repeat: 'if_harmless' });
  const plaintext = openEnvelope(encrypt, {
    keys: attempt.config.keys,
    context: { direction: 'reply', apiName: attempt.call.apiName, nonce: attempt.nonce },
  });
  if (plaintext === undefined) {
    return failed(attempt, { cause: 'reply_not_authentic', repeat: 'if_harmless' });
  }
  const fields = v.safeParse(Fields, parseJson(plaintext));
  return fields.success
    ? { kind: 'answered', msgCode: MSG_CODE_OK, fields: fields.output }
    : failed(attempt, { cause: 'reply_malformed', repeat: 'if_harmless' });
}

function statusFailure(reply: { status: number; body: string | undefined }, config: TransportConfig): Cause {
  const found = { httpStatus: reply.status, ...requestIdOf(parseJson(reply.body ?? '')) };
  if (config.repeatable.httpStatuses.includes(reply.status)) {
    return { cause: 'asked_to_repeat', repeat: 'always', ...found };
  }
  return reply.status >= 500
    ? { cause: 'gateway_failure', repeat: 'if_harmless', ...found }
    : { cause: 'http_status', repeat: 'never', ...found };
}

/** Only an id that looks like one reaches a log: the message beside it may quote what was sent. */
function requestIdOf(json: unknown): { requestId?: string } {
  const found = v.safeParse(Failure, json);
  return found.success ? { requestId: found.output.requestId } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
