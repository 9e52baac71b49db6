/** The database process is killed in mid-flight and started again: nothing acknowledged is lost, no transaction is half there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Engine } from '../../../local/cloud/database/engine';
import {
  builtFile,
  connect,
  createTemporaryDirectory,
  post,
  type Database,
  type OpenTransaction,
  type TemporaryDirectory,
} from './local-database';
import { until } from '../until';

const ROUNDS = 3;
const WRITERS = 6;
const TRANSACTION_WRITERS = 2;
/** Killed once so many writes of a round are acknowledged: about half a second of work. */
const ROUND_WRITES = 150;

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

let directory: TemporaryDirectory;
let running: Running;

async function start(port: number): Promise<Running> {
  const args = [builtFile('database-process.js'), '--data', directory.path, '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: (JSON.parse(line.toString()) as { listening: number }).listening };
}

async function kill(signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(running.child, 'exit');
  running.child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

beforeAll(async () => {
  directory = createTemporaryDirectory();
  running = await start(0);
});
afterAll(async () => {
  running.child.kill('SIGKILL');
  directory.remove();
});

const isCut = (error: unknown) => /ECONN|hang up/.test(String(error));

/** Writes until the connection is cut; remembers what was acknowledged. */
async function write(db: Database, writer: string, acknowledged: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const _id = `${writer}-${i}`;
    await db.collection('records').add({ _id, i });
    acknowledged.push(_id);
  }
}

async function countInTransactions(db: Database, writer: string, acknowledged: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const _id = `counted-${writer}-${i}`;
    await db.runTransaction(async (transaction: OpenTransaction) => {
      const { n } = (await transaction.collection('records').doc('counter').get()).data as { n: number };
      await transaction
        .collection('records')
        .doc('counter')
        .update({ n: n + 1 });
      await transaction.collection('records').add({ _id, n });
    }, 50);
    acknowledged.push(_id);
  }
}

test('what was acknowledged survives SIGKILL, and transactions are whole', async () => {
  const url = `http://127.0.0.1:${running.port}/admin`;
  const db = connect(url);
  await post(url, 'emulator.applyCollections', {
    collections: [{ name: 'records', indexes: [{ name: 'i', keys: [['i', 1]] }] }],
  });
  await db.collection('records').add({ _id: 'counter', n: 0 });
  const acknowledged: string[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    const writers = Array.from({ length: WRITERS }, (_, i) =>
      (i < TRANSACTION_WRITERS ? countInTransactions : write)(db, `r${round}w${i}`, acknowledged),
    );
    const outcomes = Promise.allSettled(writers);
    const before = acknowledged.length;
    await until(() => acknowledged.length >= before + ROUND_WRITES);
    await kill('SIGKILL');
    for (const outcome of await outcomes) {
      const { reason } = outcome as PromiseRejectedResult;
      if (!isCut(reason)) expect(reason).toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT' });
    }
    running = await start(running.port);
  }

  const found = await countFound(db, acknowledged);
  const counter = ((await db.collection('records').doc('counter').get()).data as { n: number }[])[0]?.n;
  const counted = (
    await db
      .collection('records')
      .where({ _id: /^counted-/ })
      .count()
  ).total;
  expect(found).toBe(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * ROUND_WRITES);
  expect(counter).toBe(counted);
  expect(counted).toBeGreaterThan(0);
});

async function countFound(db: Database, ids: readonly string[]): Promise<number> {
  let found = 0;
  for (let i = 0; i < ids.length; i += 500) {
    const slice = ids.slice(i, i + 500);
    const { total = 0 } = await db
      .collection('records')
      .where({ _id: db.command.in(slice) })
      .count();
    found += total;
  }
  return found;
}

test('SIGTERM ends the process in good order', async () => {
  expect(await kill('SIGTERM')).toBe(0);
});

test('an index remembers over a restart which of its documents it cannot speak for', async () => {
  const file = `${directory.path}/reopened.db`;
  const open = () => new Engine({ file, log: () => undefined });
  const first = open();
  first.applyCollections([{ name: 'c', indexes: [{ name: 'tags', keys: [['tags', 1]] }] }]);
  await first.insert('c', [{ _id: 'a', tags: 'x' }]);
  await first.insert('c', [{ _id: 'b', tags: ['x', 'y'] }]);
  await first.close();

  const second = open();

  expect(await second.count('c', { tags: 'x' })).toBe(2);
  await second.close();
});
