import { readInvocation } from '../shared/runtime/invocation';
import { log, logError } from '../shared/runtime/log';
import { StoreUnavailable, withDeadline } from '../shared/store/attempt';
import { answerHttp, refused, type Answered } from './answer-http';
import { readHttpRequest, type HttpAnswer } from './http-request';

/** Time kept back for the answer itself. */
const ANSWER_RESERVE_MS = 1_500;

/**
 * The open interfaces (开放接口), behind CloudBase's HTTP access. An event proves nothing: a mini-program may send the same by
 * callFunction, and an address may be anybody's. Who asks is proved by the signature alone.
 */
export async function main(event: unknown, context: unknown): Promise<HttpAnswer> {
  const nowMs = Date.now();
  const { platformRequestId: requestId, endsAtMs } = readInvocation(context, nowMs);
  const deadlineMs = endsAtMs - ANSWER_RESERVE_MS;
  const request = readHttpRequest(event);
  const { answer, name, code } = request
    ? await withDeadline(deadlineMs, () => answerHttp(request, { requestId, nowMs, deadlineMs })).catch(
        (error: unknown) => answerToFailure(error, requestId),
      )
    : refused('unknown', { code: 'interface_unknown' }, { requestId });
  log('answered', { operation: `openapi.${name}`, code, ms: Date.now() - nowMs, request: requestId });
  return answer;
}

function answerToFailure(error: unknown, requestId: string): Answered {
  if (error instanceof StoreUnavailable) {
    log('store_unavailable', { request: requestId, cause: error.message });
    return refused('unknown', { code: 'service_busy' }, { requestId });
  }
  logError('failed', error, { request: requestId });
  return refused('unknown', { code: 'internal' }, { requestId });
}
