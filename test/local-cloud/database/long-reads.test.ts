/** Aggregations and long scans run on worker threads; short ones need none. */
import type { CollectionDefinition } from '../../../local/cloud/database/admin-protocol';
import { builtFile, failureOf, post, startLocalDatabase, type LocalDatabase } from './local-database';

const ROWS = 40_000;
const COLLECTIONS: CollectionDefinition[] = [
  { name: 'vouchers', indexes: [{ name: 'status', keys: [['status', 1]] }] },
  { name: 'channels', indexes: [{ name: 'cityCode', keys: [['cityCode', 1]] }] },
];
/** A read that has to wait for the long work takes about as long; one that does not, a small part of it. */
const PART_OF_WORK_MAX = 0.5;

let local: LocalDatabase;
const vouchers = () => local.db.collection('vouchers');

beforeAll(async () => {
  local = await startLocalDatabase({
    collections: COLLECTIONS,
    workerProgram: builtFile('aggregate-worker.js'),
  });
  for (let i = 0; i < ROWS; i += 1000) {
    await local.engine.insert(
      'vouchers',
      Array.from({ length: 1000 }, (_, j) => ({
        _id: `v${i + j}`,
        status: (i + j) % 2 ? 'issued' : 'used',
        cityCode: `37${(i + j) % 16}`,
        amount: i + j,
        text: 'x'.repeat(200),
      })),
    );
  }
  await local.engine.insert(
    'channels',
    Array.from({ length: 32 }, (_, i) => ({ _id: `c${i}`, cityCode: `37${i % 16}` })),
  );
});
afterAll(() => local.stop());

/** Runs `work`, reading single documents meanwhile; returns its result and what part of the time the slowest read took. */
async function readMeanwhile<Result>(work: Promise<Result>) {
  const startedMs = performance.now();
  let isDone = false;
  const finished = work.finally(() => (isDone = true));
  let slowestMs = 0;
  let reads = 0;
  while (!isDone) {
    const startMs = performance.now();
    await vouchers().doc(`v${reads++}`).get();
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
  }
  const result = await finished;
  return { result, slowestPart: slowestMs / (performance.now() - startedMs), reads };
}

test('point reads go on while a collection is grouped', async () => {
  const { aggregate: $ } = local.db.command;
  const groupAll = () =>
    vouchers()
      .aggregate()
      .group({ _id: '$cityCode', n: $.sum(1), amount: $.sum('$amount'), texts: $.max('$text') })
      .sort({ _id: 1 })
      .end();

  const { result, slowestPart, reads } = await readMeanwhile(groupAll());

  expect((result.data as { n: number }[]).map(({ n }) => n)).toEqual(
    Array.from({ length: 16 }, () => ROWS / 16),
  );
  expect(reads).toBeGreaterThan(5);
  expect(slowestPart).toBeLessThan(PART_OF_WORK_MAX);
});

test('point reads go on while a collection is scanned, counted and sorted without an index', async () => {
  const scans = () =>
    Promise.all([
      vouchers()
        .where({ amount: local.db.command.gte(0) })
        .count(),
      vouchers()
        .orderBy('text', 'asc')
        .orderBy('amount', 'desc')
        .limit(3)
        .field({ amount: true, _id: false })
        .get(),
    ]);

  const { result, slowestPart } = await readMeanwhile(scans());

  expect(result[0].total).toBe(ROWS);
  expect(result[1].data).toEqual([{ amount: ROWS - 1 }, { amount: ROWS - 2 }, { amount: ROWS - 3 }]);
  expect(slowestPart).toBeLessThan(PART_OF_WORK_MAX);
});

test('point reads go on while many documents are updated, each of them once', async () => {
  const update = () =>
    vouchers()
      .where({ status: 'used' })
      .update({ amount: local.db.command.inc(1), seen: true });

  const { result, slowestPart } = await readMeanwhile(update());

  expect(result.updated).toBe(ROWS / 2);
  expect(slowestPart).toBeLessThan(PART_OF_WORK_MAX);
});

test('a worker reads what was written before', async () => {
  await vouchers().add({ _id: 'fresh', status: 'fresh', amount: -5 });

  const { total } = await vouchers().where({ amount: -5 }).count();

  expect(total).toBe(1);
});

test('an error inside a worker reaches the caller, and the worker goes on', async () => {
  const broken = vouchers()
    .aggregate()
    .group({ _id: '$cityCode', n: { $wrong: 1 } })
    .end();

  expect((await failureOf(broken)).code).toBe('DATABASE_REQUEST_FAILED');
  expect((await vouchers().aggregate().count('n').end()).data).toMatchObject([{ n: expect.any(Number) }]);
});

test('a lookup reads only the foreign documents it needs, by their index', async () => {
  await local.engine.insert('channels', [
    { _id: 'none' },
    { _id: 'null', cityCode: null },
    { _id: 'list', cityCode: 'a' },
  ]);
  await local.engine.insert('vouchers', [{ _id: 'without' }, { _id: 'several', cityCode: ['370', 'a'] }]);
  const channelsOf = async (id: string) => {
    const { data } = await vouchers()
      .aggregate()
      .match({ _id: id })
      .lookup({ from: 'channels', localField: 'cityCode', foreignField: 'cityCode', as: 'channels' })
      .end();
    return (data as { channels: { _id: string }[] }[])[0]?.channels.map(({ _id }) => _id).sort();
  };

  expect(await channelsOf('v1')).toEqual(['c1', 'c17']);
  expect(await channelsOf('without')).toEqual(['none', 'null']);
  expect(await channelsOf('several')).toEqual(['c0', 'c16', 'list']);
  const { data } = await post(local.url, 'emulator.unindexedScans');
  expect(
    (data as { scans: { collection: string }[] }).scans.filter(({ collection }) => collection === 'channels'),
  ).toEqual([]);
});

test('a lookup with a pipeline sees its variables', async () => {
  const { aggregate: $ } = local.db.command;

  const { data } = await vouchers()
    .aggregate()
    .match({ _id: 'v2' })
    .lookup({
      from: 'channels',
      let: { city: '$cityCode' },
      pipeline: $.pipeline()
        .match(local.db.command.expr($.eq(['$cityCode', '$$city'])))
        .project({ _id: 1 })
        .done(),
      as: 'channels',
    })
    .end();

  expect(data).toMatchObject([{ channels: [{ _id: 'c2' }, { _id: 'c18' }] }]);
});

test('unindexed scans are counted by shape, logged once, and show no values', async () => {
  const scan = () =>
    vouchers()
      .where({ amount: 4711, text: /secret/ })
      .orderBy('seen', 'asc')
      .get();
  await scan();
  await scan();

  const { data } = await post(local.url, 'emulator.unindexedScans');

  const shape = 'amount, text order seen';
  expect((data as { scans: object[] }).scans).toContainEqual({ collection: 'vouchers', shape, count: 2 });
  expect(local.logged.filter(line => line.includes(shape))).toHaveLength(1);
  expect(local.logged.join()).not.toMatch(/4711|secret/);
});
