import tcb from '@cloudbase/node-sdk';
import { attempt, REQUEST_TIMEOUT_MS } from './attempt';
import type { CollectionName } from './collections';

/** Requests of one function reuse connections: without keep-alive each pays for a new one. */
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, timeout: REQUEST_TIMEOUT_MS, keepalive: true });
const database = app.database();

export const command = database.command;

export const collection = (name: CollectionName) => database.collection(name);

export type Transaction = Awaited<ReturnType<typeof database.startTransaction>>;

/** A transaction is several requests. */
const TRANSACTION_MS = 10_000;

/**
 * All of the writes or none, tried again with pauses: so `run` must recognise its own earlier success. Inside: document
 * ids only, one request after another, nothing outside the database.
 */
export const inTransaction = <T>(run: (transaction: Transaction) => Promise<T>): Promise<T> =>
  attempt(() => database.runTransaction(run, 0) as Promise<T>, TRANSACTION_MS);

/** File storage of the same environment. */
export const storage = app;
