import { AsyncLocalStorage } from 'node:async_hooks';

/** The database could not be reached or kept refusing until the call's time was over. The caller may try again later. */
export class StoreUnavailable extends Error {}

const FIRST_PAUSE_MS = 50;
const ATTEMPTS_MAX = 5;

/** Faults of the way to the database and of its load: trying again may succeed. CloudBase error codes, and Node's. */
const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'EAI_AGAIN',
  'DATABASE_TRANSACTION_CONFLICT',
  'EXCEED_REQUEST_LIMIT',
  'EXCEED_CONCURRENT_REQUEST_LIMIT',
  'SYS_ERR',
]);

const deadline = new AsyncLocalStorage<number>();

/** Runs work whose store access must end before `deadlineMs`, or earlier if it is part of work that must. */
export const withDeadline = <T>(deadlineMs: number, run: () => Promise<T>): Promise<T> =>
  deadline.run(Math.min(deadlineMs, deadline.getStore() ?? Infinity), run);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');
const messageOf = (error: unknown): string =>
  String((error as { message?: unknown } | null)?.message ?? error);

/** A unique key is taken. Only the number is stable: the text around it varies with the service's version. */
export const isDuplicateKey = (error: unknown): boolean => messageOf(error).includes('E11000');

const isTransient = (error: unknown): boolean =>
  !isDuplicateKey(error) &&
  (TRANSIENT_CODES.has(codeOf(error)) ||
    /^5\d\d$/.test(codeOf(error)) ||
    /socket hang up|ECONNRE|ETIMEDOUT|TransactionBusy/.test(messageOf(error)));

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/**
 * One store request, repeated with growing, jittered pauses while the fault is transient and time is left.
 * A write may have happened although its answer was lost: whoever writes recognises its own earlier write.
 * @throws StoreUnavailable when the time or the attempts are over; any other error as it is.
 */
export async function attempt<T>(request: () => Promise<T>): Promise<T> {
  const endsMs = deadline.getStore() ?? Infinity;
  for (let tried = 1; ; tried++) {
    if (Date.now() >= endsMs) throw new StoreUnavailable('time is over');
    try {
      return await request();
    } catch (error) {
      if (!isTransient(error)) throw error;
      const pauseMs = FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + Math.random());
      if (tried >= ATTEMPTS_MAX || Date.now() + pauseMs >= endsMs) {
        throw new StoreUnavailable(codeOf(error) || 'unreachable');
      }
      await pause(pauseMs);
    }
  }
}
