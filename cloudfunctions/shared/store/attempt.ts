import { AsyncLocalStorage } from 'node:async_hooks';

/** The database could not be reached or kept refusing until the call's time was over. The caller may try again later. */
export class StoreUnavailable extends Error {}

/** Longest wait for one answer of the database, so that a few tries fit into a function's time limit. */
export const REQUEST_TIMEOUT_MS = 5_000;

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
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ECONNABORTED',
  'ERR_SOCKET_TIMEOUT',
  'DATABASE_TRANSACTION_CONFLICT',
  'EXCEED_REQUEST_LIMIT',
  'EXCEED_CONCURRENT_REQUEST_LIMIT',
  'SYS_ERR',
  'UNANSWERED',
]);

/** A try that was given up although no answer had come: it may still be carried out. */
class Unanswered extends Error {
  readonly code = 'UNANSWERED';
}

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
    /^(408|429|5\d\d)$/.test(codeOf(error)) ||
    isCutOff(error) ||
    /socket hang up|ECONNRE|ETIMEDOUT|TransactionBusy/.test(messageOf(error)));

/** An answer that broke off in the middle is no JSON. By name: the error may be of another realm. */
const isCutOff = (error: unknown): boolean => (error as { name?: unknown } | null)?.name === 'SyntaxError';

/** How long work may still wait for something outside, at most `ms`; 0 when the time is over. */
export const waitAtMost = (ms: number): number =>
  Math.max(0, Math.min(ms, (deadline.getStore() ?? Infinity) - Date.now()));

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/**
 * One store request, repeated with growing, jittered pauses while the fault is transient and time is left. Each try ends
 * when its time or the work's is over, whatever the other side does: it may take a request and never answer.
 * A write may have happened although its answer was lost, and may happen although its try was given up: whoever writes
 * recognises its own earlier write, and writes under the condition of what it read.
 * @param tryMs longest wait for one try.
 * @throws StoreUnavailable when the time or the attempts are over; any other error as it is.
 */
export async function attempt<T>(request: () => Promise<T>, tryMs = REQUEST_TIMEOUT_MS): Promise<T> {
  for (let tried = 1; ; tried++) {
    const leftMs = waitAtMost(tryMs);
    if (leftMs === 0) throw new StoreUnavailable('time is over');
    try {
      return await within(leftMs, request());
    } catch (error) {
      if (!isTransient(error)) throw error;
      const pauseMs = FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + Math.random());
      if (tried >= ATTEMPTS_MAX || waitAtMost(Infinity) <= pauseMs) {
        throw new StoreUnavailable(codeOf(error) || 'unreachable');
      }
      await pause(pauseMs);
    }
  }
}

/** @throws Unanswered when the promise has not settled in time; nobody waits for it any more then. */
function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Unanswered('no answer in time')), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
