/** Faults on demand, the clock, and what the server says of a request. */
import {
  failureOf,
  post,
  startLocalDatabase,
  type LocalDatabase,
  type OpenTransaction,
} from './local-database';

let local: LocalDatabase;
beforeEach(async () => {
  local = await startLocalDatabase({
    collections: [
      { name: 'vouchers', indexes: [] },
      { name: 'channels', indexes: [] },
    ],
  });
});
afterEach(() => local.stop());

const vouchers = () => local.db.collection('vouchers');
const setFaults = (faults: object) => post(local.url, 'emulator.setFaults', { faults });

test('a dropped answer leaves the write in place', async () => {
  await setFaults({ dropAnswerNext: 1, action: 'database.insertDocument' });

  const failure = await failureOf(vouchers().add({ _id: 'v1' }));

  expect(failure.message).toMatch(/hang up|ECONNRESET/);
  expect((await vouchers().count()).total).toBe(1);
});

test('an answer that is cut in the middle leaves the write in place', async () => {
  await setFaults({ cutAnswerNext: 1, action: 'database.insertDocument' });

  const failure = await failureOf(vouchers().add({ _id: 'v1' }));

  expect(failure.message).toMatch(/aborted|ECONNRESET/);
  expect((await vouchers().count()).total).toBe(1);
});

test('a request that hangs has neither an answer nor an effect', async () => {
  await setFaults({ hangNext: 1 });
  const body = JSON.stringify({ action: 'database.removeDocument', collectionName: 'vouchers' });
  const asked = fetch(local.url, { method: 'POST', body, signal: AbortSignal.timeout(50) });

  await expect(asked).rejects.toThrow(/abort/);
  expect((await vouchers().add({ _id: 'v1' })).id).toBe('v1');
});

test('a failure strikes before the write, as often as asked', async () => {
  await setFaults({ failNext: 2 });

  const failures = [
    await failureOf(vouchers().add({ _id: 'v1' })),
    await failureOf(vouchers().add({ _id: 'v1' })),
  ];

  expect(failures).toMatchObject([{ code: 'SYS_ERR' }, { code: 'SYS_ERR' }]);
  expect((await vouchers().add({ _id: 'v1' })).id).toBe('v1');
});

test('an injected conflict is tried again by the SDK', async () => {
  await vouchers().add({ _id: 'v1', n: 0 });
  await setFaults({ conflictNext: 2 });
  let attempts = 0;

  await local.db.runTransaction(async (transaction: OpenTransaction) => {
    attempts++;
    await transaction
      .collection('vouchers')
      .doc('v1')
      .update({ n: local.db.command.inc(1) });
  });

  expect(attempts).toBe(3);
  expect((await vouchers().doc('v1').get()).data).toMatchObject([{ n: 1 }]);
  expect(local.engine.locks.size).toBe(0);
});

test('faults keep to their collection, and end when they are set anew', async () => {
  await setFaults({ failRate: 1, collection: 'channels' });

  await vouchers().add({ _id: 'v1' });
  expect((await failureOf(local.db.collection('channels').get())).code).toBe('SYS_ERR');
  await setFaults({});
  expect((await local.db.collection('channels').get()).data).toEqual([]);
});

test('a delay holds an action up', async () => {
  await setFaults({ delayMs: 120 });
  const startMs = performance.now();

  await vouchers().get();

  expect(performance.now() - startMs).toBeGreaterThanOrEqual(119);
});

test('the server date follows the clock offset', async () => {
  const dayMs = 86_400_000;
  await post(local.url, 'emulator.setClockOffset', { offsetMs: dayMs });
  await vouchers().add({ _id: 'v1', at: local.db.serverDate() });

  const [{ at } = { at: new Date(0) }] = (await vouchers().doc('v1').get()).data as { at: Date }[];

  expect(Math.abs(at.getTime() - Date.now() - dayMs)).toBeLessThan(5000);
});

test('answers to database actions are marked, others are not', async () => {
  const headersOf = async (action: string) =>
    (
      await fetch(local.url, {
        method: 'POST',
        body: JSON.stringify({ action, collectionName: 'vouchers', limit: 1 }),
      })
    ).headers;

  expect((await headersOf('database.getDocument')).get('x-database-request')).toBe('1');
  expect((await headersOf('emulator.unindexedScans')).get('x-database-request')).toBeNull();
});

test('what is not a known action is refused politely', async () => {
  expect(await post(local.url, 'database.dropEverything')).toMatchObject({ code: 'INVALID_ACTION' });
  expect(await post(local.url, 'toString')).toMatchObject({ code: 'INVALID_ACTION' });
  const malformed = await fetch(local.url, { method: 'POST', body: '{' });
  expect(await malformed.json()).toMatchObject({
    code: 'INVALID_PARAM',
    requestId: expect.any(String),
  });
  expect((await fetch(local.url.replace('/admin', '/nowhere'))).status).toBe(404);
});
