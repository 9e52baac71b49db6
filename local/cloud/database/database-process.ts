/**
 * The program of the database process:
 * `node database-process.js --data DIR --port N [--synchronous FULL|NORMAL] [--clock-offset-ms N]`.
 * File storage and calls from function to function share the server. The front, which runs functions, is named by the
 * variables LOCAL_CLOUD_FRONT_URL and LOCAL_CLOUD_ADMIN_TOKEN; without them functions cannot call each other.
 * When it listens it prints one line of JSON, `{"listening":<port>}`, and sends the same to a parent that forked it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { invokeHandlers } from '../functions/invoke-handlers';
import { openFileService } from '../storage/file-service';
import type { ActionHandlers } from './admin-protocol';
import { listenOnLoopback } from '../listen';
import { createAdminServer } from './admin-server';
import { databaseHandlers } from './database-handlers';
import { Engine } from './engine';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.data' },
    port: { type: 'string', default: '7001' },
    synchronous: { type: 'string', default: 'NORMAL' },
    'clock-offset-ms': { type: 'string', default: '0' },
  },
});

async function main(): Promise<void> {
  mkdirSync(values.data, { recursive: true });
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
  const server = createAdminServer({ handlers, other: files.handle });
  const listening = await listenOnLoopback(server, Number(values.port));
  origin ||= `http://127.0.0.1:${listening}`;
  process.stdout.write(`${JSON.stringify({ listening })}\n`);
  process.send?.({ listening });

  const stop = () => {
    server.close(() => void engine.close().then(() => process.exit(0)));
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The program that started this process is gone, however it ended.
  process.once('disconnect', stop);
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
  console.error(error);
  process.exit(1);
});
