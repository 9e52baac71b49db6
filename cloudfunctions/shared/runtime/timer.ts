import { withDeadline } from '../store/attempt';
import { readInvocation } from './invocation';
import { log, logError } from './log';

/** Time kept back so that a timer ends by itself and leaves its jobs free. */
const END_RESERVE_MS = 3_000;

/** The entry point of a timer function. Anything but the platform's timer is refused: no user, no other function. */
export const createTimer = (run: (deadlineMs: number) => Promise<Record<string, number>>) =>
  async function main(event: unknown, context: unknown): Promise<void> {
    const invocation = readInvocation(context, Date.now());
    const isTimerEvent = (event as { Type?: unknown } | null)?.Type === 'Timer';
    if (!invocation.isTimer || invocation.openid || !isTimerEvent) {
      log('refused', { operation: 'timer', request: invocation.platformRequestId });
      throw new Error('only the timer may call this function');
    }
    const deadlineMs = invocation.endsAtMs - END_RESERVE_MS;
    try {
      log('timer_done', {
        ...(await withDeadline(deadlineMs, () => run(deadlineMs))),
        request: invocation.platformRequestId,
      });
    } catch (error) {
      logError('timer_failed', error, { request: invocation.platformRequestId });
    }
  };
