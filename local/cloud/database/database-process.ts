/**
 * The program of the database process:
 * `node database-process.js --data DIR --port N [--synchronous FULL|NORMAL] [--clock-offset-ms N]
 * [--lock-wait-ms N]`.
 * File storage and calls from function to function share the server. The front, which runs functions, is named by the
 * variables LOCAL_CLOUD_FRONT_URL and LOCAL_CLOUD_ADMIN_TOKEN; without them functions cannot call each other. With
 * LOCAL_CLOUD_CREDENTIALS as JSON it serves only who signs with them or sends the token.
 * When it listens it prints one line of JSON, `{"listening":<port>}`, and sends the same to a parent that forked it. The
 * database is open in one process at a time: one that was left behind by its parent ends, or is waited for and named.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { invokeHandlers } from '../functions/invoke-handlers';
import { openFileService } from '../storage/file-service';
import type { ActionHandlers } from './admin-protocol';
import { listenOnLoopback } from '../listen';
import type { Credentials } from '../credentials';
import { lockDatabase, ORPHAN_ENDS_WITHIN_MS } from '../data-folder';
import type { DatabaseReport } from '../database-supervisor';
import { causeOf, StartError } from '../start-error';
import { createAdminServer, type AdminAccess } from './admin-server';
import { databaseHandlers } from './database-handlers';
import { Engine } from './engine';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.data' },
    port: { type: 'string', default: '7001' },
    synchronous: { type: 'string', default: 'NORMAL' },
    'clock-offset-ms': { type: 'string', default: '0' },
    'lock-wait-ms': { type: 'string', default: String(ORPHAN_ENDS_WITHIN_MS) },
  },
});

/** After that an orphan that cannot end in order ends anyway. */
const END_WITHIN_MS = 2_000;

function readAccess(adminToken: string | undefined): AdminAccess | undefined {
  const text = process.env.LOCAL_CLOUD_CREDENTIALS;
  return text && adminToken ? { credentials: JSON.parse(text) as Credentials, adminToken } : undefined;
}

/** How this process ends; until it serves there is nothing to end in order. */
const ending = { stop: (): void => process.exit(1) };
const isOrphan = (): boolean => process.connected === false;

process.once('SIGTERM', () => ending.stop());
process.once('SIGINT', () => ending.stop());
process.once('disconnect', () => {
  ending.stop();
  setTimeout(() => process.exit(1), END_WITHIN_MS).unref();
});

async function main(): Promise<void> {
  mkdirSync(values.data, { recursive: true });
  lockDatabase(values.data, Number(values['lock-wait-ms']));
  const engine = new Engine({
    file: join(values.data, 'database.db'),
    synchronous: values.synchronous === 'FULL' ? 'FULL' : 'NORMAL',
    workerProgram: join(__dirname, 'aggregate-worker.js'),
  });
  const clock = { offsetMs: Number(values['clock-offset-ms']) };
  const front = { url: process.env.LOCAL_CLOUD_FRONT_URL, adminToken: process.env.LOCAL_CLOUD_ADMIN_TOKEN };
  let origin = front.url ?? '';
  const files = openFileService(values.data, {
    getNowMs: () => Date.now() + clock.offsetMs,
    getOrigin: () => origin,
  });
  const handlers: ActionHandlers = {
    ...withClock(databaseHandlers(engine, { clockOffsetMs: clock.offsetMs }), clock),
    ...files.handlers,
    ...(front.url && front.adminToken && invokeHandlers({ url: front.url, adminToken: front.adminToken })),
  };
  const server = createAdminServer({ handlers, access: readAccess(front.adminToken), other: files.handle });
  const listening = await listenOnLoopback(server, Number(values.port));
  origin ||= `http://127.0.0.1:${listening}`;
  process.stdout.write(`${JSON.stringify({ listening })}\n`);
  process.send?.({ listening } satisfies DatabaseReport);

  ending.stop = () => {
    server.close(() => void engine.close().then(() => process.exit(0)));
    server.closeIdleConnections();
    // The program that started this process is gone, however it ended: nobody is left who waits for an answer.
    if (isOrphan()) server.closeAllConnections();
  };
}

/** The database's handlers, with the clock of file storage following theirs. */
function withClock(handlers: ActionHandlers, clock: { offsetMs: number }): ActionHandlers {
  const setClockOffset: ActionHandlers[string] = (params, call) => {
    clock.offsetMs = Number(params.offsetMs ?? 0);
    return handlers['emulator.setClockOffset']?.(params, call) ?? {};
  };
  return { ...handlers, 'emulator.setClockOffset': setClockOffset };
}

main().catch((error: unknown) => {
  const isOwn = error instanceof StartError;
  const failed = isOwn ? error.message : `the database in ${values.data} cannot be opened: ${causeOf(error)}`;
  const report: DatabaseReport = { failed };
  if (process.send) return process.send(report, undefined, undefined, () => process.exit(1));
  console.error(failed);
  process.exit(1);
});
