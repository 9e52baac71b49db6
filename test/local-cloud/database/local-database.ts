/** What the tests of the database share: throw-away files, an emulator in this process, an SDK pointed at it. */
import tcb from '@cloudbase/node-sdk';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CollectionDefinition } from '../../../local/cloud/database/admin-protocol';
import { createAdminServer } from '../../../local/cloud/database/admin-server';
import {
  databaseHandlers,
  type DatabaseHandlerOptions,
} from '../../../local/cloud/database/database-handlers';
import { Engine, type EngineOptions } from '../../../local/cloud/database/engine';
import { listenOnLoopback } from '../../../local/cloud/listen';

// outside a function the SDK would ask the network for metadata, and would warn of slow calls that have failed
process.env.TENCENTCLOUD = 'true';
process.env.SILENCE = 'true';

export type Database = ReturnType<ReturnType<typeof tcb.init>['database']>;

/** What the callback of `runTransaction` is given. */
export type OpenTransaction = Awaited<ReturnType<Database['startTransaction']>>;

function findProjectRoot(directory = __dirname): string {
  return existsSync(join(directory, 'package.json')) ? directory : findProjectRoot(dirname(directory));
}

/** A file of the build, e.g. `aggregate-worker.js`. */
export const builtFile = (name: string) => join(findProjectRoot(), 'dist/local', name);

export interface TemporaryDirectory {
  readonly path: string;
  readonly remove: () => void;
}

export function createTemporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'local-database-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The unmodified SDK, talking to `url`. */
export const connect = (url: string): Database =>
  tcb
    .init({ env: 'local-env', secretId: 'id', secretKey: 'key', serviceUrl: url, keepalive: true })
    .database() as Database;

/** Sends an action as plain JSON, for what the SDK cannot say. */
export async function post(
  url: string,
  action: string,
  params: object = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ ...params, action }) });
  return (await response.json()) as Record<string, unknown>;
}

export interface LocalDatabaseOptions extends DatabaseHandlerOptions, Partial<EngineOptions> {
  readonly collections?: readonly CollectionDefinition[];
}

export interface LocalDatabase {
  readonly url: string;
  readonly engine: Engine;
  readonly db: Database;
  readonly logged: string[];
  readonly stop: () => Promise<void>;
}

/** Starts an emulator in this process, on a fresh file. */
export async function startLocalDatabase(options: LocalDatabaseOptions = {}): Promise<LocalDatabase> {
  const directory = createTemporaryDirectory();
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const engine = new Engine({ file: join(directory.path, 'database.db'), log, ...options });
  engine.applyCollections(options.collections ?? []);
  const server = createAdminServer({ handlers: databaseHandlers(engine, options) });
  const url = `http://127.0.0.1:${await listenOnLoopback(server, 0)}/admin`;
  const stop = async () => {
    await closeServer(server);
    await engine.close();
    directory.remove();
  };
  return { url, engine, db: connect(url), logged, stop };
}

function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Awaits a promise that has to fail, and returns what it failed with. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const outcome = await promise.then(
    () => null,
    (error: Failure) => error,
  );
  if (!outcome) throw new Error('expected a failure');
  return outcome;
}

/** A repeatable source of random numbers (mulberry32). */
export function createRandom(seed: number): { below: (n: number) => number; chance: (p: number) => boolean } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: n => Math.floor(next() * n), chance: p => next() < p };
}
