import tcb from '@cloudbase/node-sdk';
import type { CollectionName } from './collections';

/** Longest wait for one answer of the database, so that a few tries fit into a function's time limit. */
const REQUEST_TIMEOUT_MS = 5_000;

/** Requests of one function reuse connections: without keep-alive each pays for a new one. */
const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, timeout: REQUEST_TIMEOUT_MS, keepalive: true });
const database = app.database();

export const command = database.command;

export const collection = (name: CollectionName) => database.collection(name);

/** File storage of the same environment. */
export const storage = app;
