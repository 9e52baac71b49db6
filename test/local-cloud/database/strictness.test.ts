/** Where the local database refuses what might go wrong in the cloud only. */
import {
  failureOf,
  post,
  startLocalDatabase,
  type LocalDatabase,
  type OpenTransaction,
} from './local-database';
import { until } from '../until';

let local: LocalDatabase;
const vouchers = () => local.db.collection('vouchers');

const OPTIONS = {
  collections: [{ name: 'vouchers', indexes: [{ name: 'code', keys: [['code', 1] as ['code', 1]] }] }],
  lockWaitMs: 300,
};

beforeEach(async () => {
  local = await startLocalDatabase(OPTIONS);
});
afterEach(() => local.stop());

const ejson = (value: unknown) => JSON.stringify(value);

describe('documents and their names', () => {
  const insert = (document: object) =>
    post(local.url, 'database.insertDocument', { collectionName: 'vouchers', data: [ejson(document)] });

  test('names with a dollar are refused at any depth', async () => {
    for (const document of [{ $set: 1, a: 1 }, { a: { $b: 1, c: 2 } }, { a: [{ $b: 1, c: 2 }] }]) {
      expect(await insert(document)).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
    }
    expect((await vouchers().count()).total).toBe(0);
  });

  test('a name may have a dot in it, but no update reaches it', async () => {
    const { id } = await vouchers().add({ 'key.': '1', a: { 'b.c': 1 } });

    expect((await vouchers().doc(String(id)).get()).data).toMatchObject([{ 'key.': '1', a: { 'b.c': 1 } }]);
    expect((await failureOf(vouchers().doc(String(id)).update({ 'key.': 2 }))).message).toContain(
      'empty field',
    );
  });

  test('an _id is of any type but array, regular expression and NaN', async () => {
    const at = new Date(1e12);
    const ids = [{ a: 1 }, null, true, at, '\0x', 7, 'text'];
    for (const _id of ids) await vouchers().add({ _id, n: 1 });

    for (const _id of ids) {
      expect(
        (
          await vouchers()
            .where({ _id: local.db.command.eq(_id) })
            .get()
        ).data,
      ).toEqual([{ _id, n: 1 }]);
      expect((await failureOf(vouchers().add({ _id }))).message).toContain('E11000');
    }
    const ordered = (await vouchers().orderBy('_id', 'asc').get()).data as { _id: unknown }[];
    expect(ordered.map(({ _id }) => _id)).toEqual([null, 7, '\0x', 'text', { a: 1 }, true, at]);
    for (const _id of [[1], /x/, NaN])
      expect((await failureOf(vouchers().add({ _id }))).code).toBe('DATABASE_REQUEST_FAILED');
  });

  test('an empty list of documents is refused', async () => {
    expect((await failureOf(vouchers().add([]))).code).toBe('INVALID_PARAM');
  });

  test('of a list, the documents before a duplicate stay', async () => {
    await vouchers().add({ _id: 'v2' });

    const failure = await failureOf(vouchers().add([{ _id: 'v1' }, { _id: 'v2' }, { _id: 'v3' }]));

    expect(failure.message).toContain('E11000');
    expect((await vouchers().orderBy('_id', 'asc').get()).data).toEqual([{ _id: 'v1' }, { _id: 'v2' }]);
  });

  test('a write request above 5 MB is refused', async () => {
    const failure = await failureOf(vouchers().add({ text: 'x'.repeat(5 * 1024 * 1024) }));

    expect(failure).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('LimitExceeded'),
    });
  });

  test('a document that grows above 16 MB is refused', async () => {
    const part = 'x'.repeat(4_500_000);
    await local.engine.insert('vouchers', [{ _id: 'v1', parts: [part, part, part] }]);

    const failure = await failureOf(
      vouchers()
        .doc('v1')
        .update({ parts: local.db.command.push([part]) }),
    );

    expect(failure.message).toContain('LimitExceeded');
  });

  test('an answer above 50 MB is refused', async () => {
    const text = 'x'.repeat(4_800_000);
    for (let i = 0; i < 11; i++) await local.engine.insert('vouchers', [{ text }]);

    expect((await failureOf(vouchers().get())).message).toContain('LimitExceeded');
  });
});

describe('rows', () => {
  beforeEach(() => vouchers().add(Array.from({ length: 1500 }, (_, i) => ({ n: i }))));

  test('get gives 100 rows unless told otherwise, and never more than 1,000', async () => {
    expect((await vouchers().get()).data).toHaveLength(100);
    expect((await vouchers().limit(1000).get()).data).toHaveLength(1000);
    const raw = await post(local.url, 'database.getDocument', { collectionName: 'vouchers', limit: 5000 });
    expect((raw.data as { list: string[] }).list).toHaveLength(1000);
  });

  test('an aggregation gives 20 rows without a limit, and never more than 10,000', async () => {
    await local.engine.insert(
      'vouchers',
      Array.from({ length: 9000 }, (_, i) => ({ n: i })),
    );

    expect((await vouchers().aggregate().match({}).end()).data).toHaveLength(20);
    expect((await vouchers().aggregate().limit(50_000).end()).data).toHaveLength(10_000);
  });
});

describe('updates', () => {
  beforeEach(() => vouchers().add({ _id: 'v1', nothing: null, text: 'x', list: [1], sub: { a: 1 }, n: 1 }));

  test('what the types do not allow is refused, and changes nothing', async () => {
    const { command: to } = local.db;
    const refused: object[] = [
      { nothing: { a: 1 } },
      { text: { a: 1 } },
      { 'list.a': 1 },
      { nothing: to.push(1) },
      { text: to.push(1) },
      { sub: to.addToSet(1) },
      { text: to.inc(1) },
      { nothing: to.inc(1) },
      { nothing: to.mul(1) },
      { n: to.inc(1), text: to.inc(1) },
    ];
    const before = (await vouchers().doc('v1').get()).data;

    for (const change of refused) {
      expect([change, (await failureOf(vouchers().doc('v1').update(change))).code]).toEqual([
        change,
        'DATABASE_REQUEST_FAILED',
      ]);
    }
    expect((await vouchers().doc('v1').get()).data).toEqual(before);
  });

  test('paths that exclude each other are refused', async () => {
    const update = (change: object) =>
      post(local.url, 'database.modifyDocument', {
        collectionName: 'vouchers',
        query: '{"_id":"v1"}',
        data: ejson(change),
        multi: true,
        merge: true,
      });

    for (const change of [
      { $set: { sub: 1, 'sub.a': 2 } },
      { $set: { 'sub.a': 2 }, $unset: { sub: '' } },
      { $set: { n: 1 }, $inc: { n: 1 } },
      { $rename: { n: 'm' }, $set: { m: 1 } },
    ]) {
      expect(await update(change)).toMatchObject({ message: expect.stringContaining('conflict') });
    }
    expect(await update({ $set: { sub: { a: 2 }, subs: 1 } })).toMatchObject({ data: { updated: 1 } });
  });

  test('unknown operators and positional paths are refused', async () => {
    const update = (change: object) =>
      post(local.url, 'database.modifyDocument', {
        collectionName: 'vouchers',
        query: '{"_id":"v1"}',
        data: ejson(change),
        multi: true,
        merge: true,
      });

    for (const change of [
      { $explode: { a: 1 } },
      { a: 1 },
      { $set: { 'list.$': 1 } },
      { $set: { _id: 'v2' } },
      { $set: { a: { $b: 1, c: 1 } } },
    ]) {
      expect(await update(change)).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
    }
  });

  test('a whole document with another _id does not replace this one', async () => {
    const replaced = await post(local.url, 'database.modifyDocument', {
      collectionName: 'vouchers',
      query: '{"_id":"v1"}',
      data: '{"_id":"v2"}',
      multi: false,
      merge: false,
      upsert: true,
    });

    expect(replaced).toMatchObject({ code: 'DATABASE_REQUEST_FAILED' });
  });

  test('without a query nothing is updated or removed', async () => {
    expect((await failureOf(vouchers().update({ n: 2 }))).code).toBe('INVALID_PARAM');
    expect((await failureOf(vouchers().remove())).code).toBe('INVALID_PARAM');
    expect((await vouchers().count()).total).toBe(1);
  });
});

describe('aggregations', () => {
  test('only the stages of the SDK are accepted', async () => {
    const aggregate = (stageKey: string, stageValue: string) =>
      post(local.url, 'database.aggregateDocuments', {
        collectionName: 'vouchers',
        stages: [{ stageKey, stageValue }],
      });

    for (const stage of ['$facet', '$unionWith', '$out', '$merge', '$set', '$graphLookup']) {
      expect(await aggregate(stage, '{}')).toMatchObject({
        message: expect.stringContaining('Unrecognized'),
      });
    }
    expect(await aggregate('$geoNear', '{}')).toMatchObject({
      message: expect.stringContaining('not supported'),
    });
  });

  test('an unknown operator is an error, not an empty result', async () => {
    const failure = await failureOf(
      vouchers()
        .where({ a: { $wrong: 1 } })
        .get(),
    );

    expect(failure.code).toBe('DATABASE_REQUEST_FAILED');
  });
});

describe('transactions', () => {
  const update = (transaction: OpenTransaction, id: string, change: object) =>
    transaction.collection('vouchers').doc(id).update(change);

  const addVouchers = () =>
    vouchers().add([
      { _id: 'v1', n: 1 },
      { _id: 'v2', n: 1 },
    ]);
  beforeEach(addVouchers);

  test('two operations at once are refused, and end the transaction', async () => {
    await local.stop();
    // On a busy machine too, the second one arrives while the first still lingers.
    local = await startLocalDatabase({ ...OPTIONS, transactionPauseMs: 2_000 });
    await addVouchers();
    const transaction = await local.db.startTransaction();

    const outcomes = await Promise.allSettled([
      update(transaction, 'v1', { n: 2 }),
      update(transaction, 'v2', { n: 2 }),
    ]);
    const refused = outcomes.filter(({ status }) => status === 'rejected');

    expect(refused).toHaveLength(1);
    expect((refused[0] as PromiseRejectedResult).reason.message).toContain('TransactionBusy');
  });

  test('the hundred-and-first operation ends it', async () => {
    const transaction = await local.db.startTransaction();
    for (let i = 0; i < 100; i++) await update(transaction, 'v1', { n: i });

    expect((await failureOf(update(transaction, 'v1', { n: 100 }))).message).toContain('LimitExceeded');
    expect((await failureOf(transaction.commit())).message).toContain('TransactionNotExist');
  });

  test('an operation that fails ends it, and its writes are lost', async () => {
    const transaction = await local.db.startTransaction();
    await update(transaction, 'v1', { n: 2 });

    expect((await failureOf(transaction.collection('vouchers').add({ _id: 'v2' }))).message).toContain(
      'E11000',
    );

    expect((await failureOf(transaction.commit())).message).toContain('TransactionNotExist');
    expect((await vouchers().doc('v1').get()).data).toMatchObject([{ n: 1 }]);
  });

  test('a plain write waits for the document, and goes on when it is free', async () => {
    const transaction = await local.db.startTransaction();
    await update(transaction, 'v1', { n: 2 });

    const waiting = vouchers()
      .doc('v1')
      .update({ n: local.db.command.inc(10) });
    await until(() => local.engine.locks.waiting === 1);
    await transaction.commit();

    expect((await waiting).updated).toBe(1);
    expect((await vouchers().doc('v1').get()).data).toMatchObject([{ n: 12 }]);
  });

  test('a plain write that waits too long fails', async () => {
    const transaction = await local.db.startTransaction();
    await update(transaction, 'v1', { n: 2 });

    expect((await failureOf(vouchers().doc('v1').update({ n: 3 }))).message).toContain('time limit');
  });

  test('where().update() inside a transaction escapes it, as in the SDK', async () => {
    await failureOf(
      local.db.runTransaction(async (transaction: OpenTransaction) => {
        await transaction.collection('vouchers').where({ _id: 'v1' }).update({ n: 99 });
        throw new Error('roll back');
      }),
    );

    expect((await vouchers().doc('v1').get()).data).toMatchObject([{ n: 99 }]);
  });
});

test('a transaction ends by itself, and frees what it held', async () => {
  const short = await startLocalDatabase({
    collections: [{ name: 'vouchers', indexes: [] }],
    transactionTtlMs: 100,
  });
  await short.db.collection('vouchers').add({ _id: 'v1', n: 1 });
  const transaction = await short.db.startTransaction();
  await transaction.collection('vouchers').doc('v1').update({ n: 2 });

  const written = await short.db.collection('vouchers').doc('v1').update({ n: 3 });
  const failure = await failureOf(transaction.commit());

  expect(written.updated).toBe(1);
  expect(failure.message).toContain('TransactionNotExist');
  await short.stop();
});
