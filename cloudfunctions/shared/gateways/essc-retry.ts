import { attemptCall, type EsscEdge } from './essc-attempt';
import type { TransportConfig } from './essc-gateway-config';
import type { AttemptResult, EsscCall, EsscFailure } from './essc-outcome';

/** harmless: asking twice changes nothing. single: the gateway may do it only once, as with a one-time code. */
export type CallEffect = 'harmless' | 'single';

export const ATTEMPTS_MAX = 3;
const PAUSE_FIRST_MS = 150;

/**
 * Sends a call up to three times with growing, jittered pauses, never past the deadline.
 * A `single` call is sent again only when the gateway did not process it: after a lost answer the code may be
 * used up, and a second try would turn a success into a refusal.
 */
export async function callWithRetries(
  call: EsscCall,
  options: { config: TransportConfig; edge: EsscEdge; effect: CallEffect },
): Promise<AttemptResult> {
  const { config, edge, effect } = options;
  for (let attempt = 1; ; attempt += 1) {
    const timeoutMs = Math.min(config.attemptTimeoutMs, edge.deadlineMs() - edge.nowMs());
    const result =
      timeoutMs > 0 ? await attemptCall(call, { config, edge, timeoutMs }) : deadlinePassed(call);
    if (result.kind === 'answered') return result;
    edge.report?.(result.failure);
    if (attempt >= ATTEMPTS_MAX || !mayRepeat(result.failure, effect)) return result;
    const pauseMs = pauseAfter(attempt, edge);
    if (edge.nowMs() + pauseMs >= edge.deadlineMs()) return result;
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}

const deadlinePassed = (call: EsscCall): AttemptResult => ({
  kind: 'failed',
  failure: { apiName: call.apiName, cause: 'deadline_passed', repeat: 'never' },
});

const mayRepeat = (failure: EsscFailure, effect: CallEffect): boolean =>
  failure.repeat === 'always' || (failure.repeat === 'if_harmless' && effect === 'harmless');

/** Half fixed, half random, doubling: 75–150 ms, then 150–300 ms. */
function pauseAfter(attempt: number, edge: EsscEdge): number {
  const fullMs = PAUSE_FIRST_MS * 2 ** (attempt - 1);
  const random = Number.parseInt(edge.randomHex(4), 16) / 2 ** 32;
  return fullMs / 2 + (fullMs / 2) * random;
}
