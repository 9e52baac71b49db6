import tcb from '@cloudbase/node-sdk';
import type { CollectionName } from './collections';

/** Longest wait for one answer of the database, so that a few tries fit into a function's time limit. */
export const REQUEST_TIMEOUT_MS = 5_000;

/** Requests of one function reuse connections: without keep-alive each pays for a new one. */
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, timeout: REQUEST_TIMEOUT_MS, keepalive: true });
const database = app.database();

export const command = database.command;

export const collection = (name: CollectionName) => database.collection(name);

export type Transaction = Awaited<ReturnType<typeof database.startTransaction>>;

/**
 * All of the writes or none. Inside: document ids only, one request after another, nothing outside the database.
 * Without repetitions of its own: `attempt` repeats it with pauses, so `run` must recognise its own earlier success.
 */
export const inTransaction = <T>(run: (transaction: Transaction) => Promise<T>): Promise<T> =>
  database.runTransaction(run, 0) as Promise<T>;

/** File storage of the same environment. */
export const storage = app;
