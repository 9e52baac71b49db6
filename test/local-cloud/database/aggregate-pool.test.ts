/** The pool of worker threads survives its threads. */
import { writeFileSync } from 'node:fs';
import { AggregatePool } from '../../../local/cloud/database/aggregate-pool';
import { createTemporaryDirectory, failureOf, type TemporaryDirectory } from './local-database';

/** Stands for the real worker: answers with the name of the collection, or dies of it. */
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ collection }) => {
    if (collection === 'exit') process.exit(1);
    if (collection === 'throw') throw new Error('broken');
    setTimeout(() => parentPort.postMessage({ result: [collection], scans: [] }), 5);
  });
`;

let directory: TemporaryDirectory;
let pool: AggregatePool;
beforeAll(() => {
  directory = createTemporaryDirectory();
  const program = `${directory.path}/worker.js`;
  writeFileSync(program, PROGRAM);
  pool = new AggregatePool({ program, file: 'none', workers: 2, onUnindexedScan: () => undefined });
});
afterAll(async () => {
  await pool.close();
  directory.remove();
});

const find = (collection: string) => pool.run<'find'>({ kind: 'find', collection, request: { query: {} } });

test('more jobs than workers are all answered, each with its own result', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `c${i}`);

  const answers = await Promise.all(names.map(find));

  expect(answers).toEqual(names.map(name => [name]));
});

test('a worker that dies fails its own job only, and is replaced', async () => {
  const outcomes = await Promise.allSettled(['a', 'exit', 'throw', 'exit', 'b', 'c'].map(find));

  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  expect((await failureOf(find('throw'))).code).toBe('SYS_ERR');
  expect(await find('d')).toEqual(['d']);
});
