/**
 * The program of the database process:
 * `node database-process.js --data DIR --port N [--synchronous FULL|NORMAL] [--clock-offset-ms N]`.
 * When it listens it prints one line of JSON, `{"listening":<port>}`, and sends the same to a parent that forked it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAdminServer, listenOnLoopback } from './admin-server';
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
  const handlers = { ...databaseHandlers(engine, { clockOffsetMs: Number(values['clock-offset-ms']) }) };
  const server = createAdminServer({ handlers });
  const listening = await listenOnLoopback(server, Number(values.port));
  process.stdout.write(`${JSON.stringify({ listening })}\n`);
  process.send?.({ listening });

  const stop = () => {
    server.close(() => void engine.close().then(() => process.exit(0)));
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
