/**
 * What this project expects of the service, through the unmodified SDK. Runs against the local database; with
 * CLOUDBASE_CONTRACT_ENV set to an environment id (and TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY) the same tests
 * run against that environment, in collections of their own, which have to exist there with the index of VOUCHERS.
 */
import tcb from '@cloudbase/node-sdk';
import type { CollectionDefinition } from '../../../local/cloud/database/admin-protocol';
import {
  failureOf,
  startLocalDatabase,
  type Database,
  type LocalDatabase,
  type OpenTransaction,
} from './local-database';

const VOUCHERS: CollectionDefinition = {
  name: 'contract_vouchers',
  indexes: [{ name: 'code', keys: [['code', 1]], unique: true, sparse: true }],
};
const CHANNELS: CollectionDefinition = {
  name: 'contract_channels',
  indexes: [{ name: 'cityCode', keys: [['cityCode', 1]] }],
};
const realEnvironment = process.env.CLOUDBASE_CONTRACT_ENV;

let local: LocalDatabase | undefined;
let db: Database;
const vouchers = () => db.collection(VOUCHERS.name);
const channels = () => db.collection(CHANNELS.name);
const one = async (id: string) => ((await vouchers().doc(id).get()).data as Record<string, unknown>[])[0];

beforeAll(async () => {
  if (realEnvironment) {
    db = tcb.init({ env: realEnvironment }).database() as Database;
  } else {
    local = await startLocalDatabase({ collections: [VOUCHERS, CHANNELS] });
    db = local.db;
  }
});
afterAll(() => local?.stop());

beforeEach(async () => {
  await vouchers()
    .where({ _id: db.command.exists(true) })
    .remove();
  await channels()
    .where({ _id: db.command.exists(true) })
    .remove();
});

describe('documents', () => {
  test('every kind of value survives the round trip', async () => {
    const stored = {
      text: '职业培训券 "quoted"',
      whole: 500,
      fraction: 1.5,
      big: 2 ** 40,
      negative: -1,
      yes: true,
      none: null,
      at: new Date('2021-08-31T00:00:00.123Z'),
      list: [1, 'x', null, { deep: [new Date(0)] }],
      empty: { object: {}, list: [] },
    };

    const { id } = await vouchers().add(stored);

    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await one(String(id))).toEqual({ _id: id, ...stored });
  });

  test('the server date is the time of the server plus the offset', async () => {
    await vouchers().add({ _id: 'v1', now: db.serverDate(), later: db.serverDate({ offset: 60_000 }) });

    const { now, later } = (await one('v1')) as { now: Date; later: Date };

    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(realEnvironment ? 60_000 : 5000);
    expect(later.getTime() - now.getTime()).toBe(60_000);
  });

  test('not-a-number and infinity survive the round trip', async () => {
    await vouchers().add({ _id: 'v1', nan: NaN, up: Infinity, down: -Infinity });

    expect(await one('v1')).toEqual({ _id: 'v1', nan: NaN, up: Infinity, down: -Infinity });
  });

  test('many documents are added in one call', async () => {
    const documents = Array.from({ length: 1001 }, (_, i) => ({ _id: `v${i}`, code: `c${i}` }));

    const added = await vouchers().add(documents);

    expect((added as { ids: string[] }).ids).toHaveLength(1001);
    expect((await vouchers().count()).total).toBe(1001);
  });

  test('a taken id is a duplicate key', async () => {
    await vouchers().add({ _id: 'v1' });

    const failure = await failureOf(vouchers().add({ _id: 'v1' }));

    expect(failure).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('E11000'),
    });
  });

  test('a taken unique key is a duplicate key, on insert and on update', async () => {
    await vouchers().add([{ _id: 'v1', code: 'A' }, { _id: 'v2', code: 'B' }, { _id: 'v3' }, { _id: 'v4' }]);

    const inserted = await failureOf(vouchers().add({ code: 'A' }));
    const updated = await failureOf(vouchers().doc('v2').update({ code: 'A' }));

    expect(inserted.message).toContain('E11000');
    expect(updated.message).toContain('E11000');
    expect(await one('v2')).toMatchObject({ code: 'B' });
  });

  test('a missing collection is refused, and so is creating one twice', async () => {
    expect((await failureOf(db.collection('contract_nowhere').get())).code).toBe(
      'DATABASE_COLLECTION_NOT_EXIST',
    );
    expect((await failureOf(db.collection('contract_nowhere').add({ a: 1 }))).code).toBe(
      'DATABASE_COLLECTION_NOT_EXIST',
    );
    expect((await failureOf(db.createCollection(VOUCHERS.name))).code).toBe('DATABASE_REQUEST_FAILED');
  });

  test('set creates a document, then replaces it', async () => {
    const created = await vouchers().doc('v9').set({ code: 'A', city: '3701' });
    const replaced = await vouchers().doc('v9').set({ code: 'B' });

    expect(created).toMatchObject({ updated: 0, upsertedId: 'v9' });
    expect(replaced).toMatchObject({ updated: 1 });
    expect(await one('v9')).toEqual({ _id: 'v9', code: 'B' });
  });

  test('remove takes what matches', async () => {
    await vouchers().add([
      { _id: 'v1', s: 1 },
      { _id: 'v2', s: 1 },
      { _id: 'v3', s: 2 },
    ]);

    expect((await vouchers().where({ s: 1 }).remove()).deleted).toBe(2);
    expect((await vouchers().doc('v3').remove()).deleted).toBe(1);
    expect((await vouchers().doc('v3').remove()).deleted).toBe(0);
  });
});

describe('queries', () => {
  beforeEach(() =>
    vouchers().add([
      { _id: 'v1', code: 'A1', status: 'issued', amount: 500, tags: ['x', 'y'], holder: { city: '3701' } },
      { _id: 'v2', code: 'A2', status: 'issued', amount: 700, tags: [], holder: { city: '3702' } },
      { _id: 'v3', code: 'B3', status: 'used', amount: 900, none: null },
    ]),
  );
  const idsWhere = async (query: object) =>
    (
      (await vouchers().where(query).orderBy('_id', 'asc').field({ _id: true }).get()).data as {
        _id: string;
      }[]
    ).map(({ _id }) => _id);

  test('each comparison selects its documents', async () => {
    const { command: is } = db;
    const expected: [object, string[]][] = [
      [{ amount: is.eq(700) }, ['v2']],
      [{ amount: is.neq(700) }, ['v1', 'v3']],
      [{ amount: is.gt(500).and(is.lte(900)) }, ['v2', 'v3']],
      [{ amount: is.gte(500).and(is.lt(900)) }, ['v1', 'v2']],
      [{ status: is.in(['used', 'settled']) }, ['v3']],
      [{ status: is.nin(['used']) }, ['v1', 'v2']],
      [{ amount: is.lt(600).or(is.gt(800)) }, ['v1', 'v3']],
      [{ amount: is.not(is.gt(600)) }, ['v1']],
      [{ amount: (is.mod as (...numbers: number[]) => object)(200, 100) }, ['v1', 'v2', 'v3']],
      [{ none: is.exists(true) }, ['v3']],
      [{ none: null }, ['v1', 'v2', 'v3']],
      [{ tags: 'x' }, ['v1']],
      [{ tags: is.all(['x', 'y']) }, ['v1']],
      [{ tags: is.size(0) }, ['v2']],
      [{ tags: is.elemMatch({ name: is.exists(true) }) }, []],
      [{ 'holder.city': '3702' }, ['v2']],
      [{ holder: { city: '3701' } }, ['v1']],
      [{ code: /^A/ }, ['v1', 'v2']],
      [{ code: db.RegExp({ regexp: '^b', options: 'i' }) }, ['v3']],
    ];

    for (const [query, ids] of expected) expect([query, await idsWhere(query)]).toEqual([query, ids]);
  });

  test('alternatives across fields and their negation', async () => {
    const { command: is } = db;

    expect(await idsWhere(is.or([{ code: 'A1' }, { amount: is.gt(800) }]))).toEqual(['v1', 'v3']);
    expect(await idsWhere(is.and([{ status: 'issued' }, { amount: is.gt(600) }]))).toEqual(['v2']);
    expect(await idsWhere(is.nor([{ code: 'A1' }, { amount: is.gt(800) }]))).toEqual(['v2']);
  });

  test('order, skip, limit and field work together', async () => {
    const page = await vouchers()
      .where({ status: 'issued' })
      .orderBy('amount', 'desc')
      .skip(1)
      .limit(5)
      .field({ code: true })
      .get();

    expect(page.data).toEqual([{ _id: 'v1', code: 'A1' }]);
  });

  test('a document that is not there is an empty list outside a transaction', async () => {
    expect((await vouchers().doc('v0').get()).data).toEqual([]);
  });

  test('count counts', async () => {
    expect((await vouchers().where({ status: 'issued' }).count()).total).toBe(2);
  });
});

describe('updates', () => {
  test('a conditional write wins once', async () => {
    await vouchers().add({ _id: 'v1', status: 'claimed', ver: 1 });
    const use = () =>
      vouchers()
        .where({ _id: 'v1', status: 'claimed', ver: 1 })
        .update({
          status: 'used',
          ver: db.command.inc(1),
          usedBy: { id: 's1', at: db.serverDate() },
          history: db.command.push([{ kind: 'used' }]),
        });

    const results = await Promise.all([use(), use(), use(), use()]);

    expect(results.map(({ updated }) => updated).sort()).toEqual([0, 0, 0, 1]);
    expect(await one('v1')).toMatchObject({ status: 'used', ver: 2, history: [{ kind: 'used' }] });
  });

  test('each update operator does its work', async () => {
    const { command: to } = db;
    await vouchers().add({
      _id: 'v1',
      n: 6,
      list: [1, 2, 3, 2],
      old: 'o',
      gone: 1,
      sub: { a: 1, b: 2 },
      top: 5,
      low: 5,
      names: ['x'],
      bits: 5,
    });

    await vouchers()
      .doc('v1')
      .update({
        n: to.mul(2),
        list: to.pull(2),
        old: to.rename('renamed'),
        gone: to.remove(),
        sub: { a: 9 },
        top: to.max(7),
        low: to.min(3),
        names: to.addToSet('x'),
        fresh: to.push({ each: [3, 1, 2], sort: 1, slice: 2 }),
      });

    expect(await one('v1')).toEqual({
      _id: 'v1',
      n: 12,
      list: [1, 3],
      renamed: 'o',
      sub: { a: 9, b: 2 },
      top: 7,
      low: 3,
      names: ['x'],
      fresh: [1, 2],
      bits: 5,
    });
  });

  test('array operators at both ends, and replacing a sub-document as a whole', async () => {
    const { command: to } = db;
    await vouchers().add({ _id: 'v1', a: [1, 2, 3], b: [1, 2, 3], c: [2], sub: { a: 1, b: 2 } });

    await vouchers()
      .doc('v1')
      .update({ a: to.pop(), b: to.shift(), c: to.unshift([1]), sub: to.set({ a: 3 }) });

    expect(await one('v1')).toEqual({ _id: 'v1', a: [1, 2], b: [2, 3], c: [1, 2], sub: { a: 3 } });
  });

  test('updated counts changed documents only', async () => {
    await vouchers().add([
      { _id: 'v1', s: 1 },
      { _id: 'v2', s: 2 },
    ]);

    const result = await vouchers()
      .where({ _id: db.command.in(['v1', 'v2']) })
      .update({ s: 2 });

    expect(result.updated).toBe(1);
  });

  test('updateAndReturn gives the document as it is afterwards, or nothing', async () => {
    await vouchers().add({ _id: 'v1', n: 1 });

    const found = await vouchers()
      .where({ _id: 'v1' })
      .updateAndReturn({ n: db.command.inc(5) });
    const missing = await vouchers()
      .where({ _id: 'v0' })
      .updateAndReturn({ n: db.command.inc(5) });

    expect(found).toMatchObject({ updated: 1, doc: { _id: 'v1', n: 6 } });
    expect(missing).toMatchObject({ updated: 0, doc: null });
  });

  test('only one document is updated when multiple is off', async () => {
    await vouchers().add([{ s: 1 }, { s: 1 }]);

    const result = await vouchers().where({ s: 1 }).options({ multiple: false }).update({ s: 2 });

    expect(result.updated).toBe(1);
  });
});

describe('aggregations', () => {
  beforeEach(async () => {
    await vouchers().add([
      {
        _id: 'v1',
        status: 'issued',
        amount: 5,
        cityCode: '3701',
        at: new Date('2021-08-30T16:00:00Z'),
        items: ['a', 'b'],
      },
      { _id: 'v2', status: 'issued', amount: 7, cityCode: '3702', at: new Date('2021-08-31T15:59:59Z') },
      { _id: 'v3', status: 'used', amount: 9, cityCode: '3799', at: new Date('2021-08-31T16:00:00Z') },
    ]);
    await channels().add([
      { _id: 'c1', cityCode: '3701', name: 'one' },
      { _id: 'c2', cityCode: '3701', name: 'two' },
      { _id: 'c3', cityCode: '3702', name: 'three' },
    ]);
  });

  test('match, group, sort', async () => {
    const { aggregate: $ } = db.command;

    const result = await vouchers()
      .aggregate()
      .match({ amount: db.command.gt(0) })
      .group({ _id: '$status', n: $.sum(1), amount: $.sum('$amount'), most: $.max('$amount') })
      .sort({ _id: 1 })
      .end();

    expect(result.data).toEqual([
      { _id: 'issued', n: 2, amount: 12, most: 7 },
      { _id: 'used', n: 1, amount: 9, most: 9 },
    ]);
  });

  test('lookup joins by equality, with an empty list where nothing fits', async () => {
    const result = await vouchers()
      .aggregate()
      .sort({ _id: 1 })
      .lookup({ from: CHANNELS.name, localField: 'cityCode', foreignField: 'cityCode', as: 'channels' })
      .end();

    const names = (result.data as { channels: { name: string }[] }[]).map(({ channels: found }) =>
      found.map(({ name }) => name).sort(),
    );
    expect(names).toEqual([['one', 'two'], ['three'], []]);
  });

  test('days are those of Shanghai when the time zone is named', async () => {
    const { aggregate: $ } = db.command;

    const result = await vouchers()
      .aggregate()
      .sort({ _id: 1 })
      .project({
        _id: 0,
        day: $.dateToString({ date: '$at', format: '%Y-%m-%d', timezone: 'Asia/Shanghai' }),
      })
      .end();

    expect(result.data).toEqual([{ day: '2021-08-31' }, { day: '2021-08-31' }, { day: '2021-09-01' }]);
  });

  test('every other stage of the builder works', async () => {
    const { aggregate: $ } = db.command;
    const start = () => vouchers().aggregate();

    expect((await start().count('total').end()).data).toEqual([{ total: 3 }]);
    expect((await start().sortByCount('$status').end()).data).toEqual([
      { _id: 'issued', count: 2 },
      { _id: 'used', count: 1 },
    ]);
    expect((await start().sort({ _id: 1 }).skip(1).limit(1).project({ amount: 1 }).end()).data).toEqual([
      { _id: 'v2', amount: 7 },
    ]);
    expect((await start().unwind('$items').project({ _id: 0, items: 1 }).end()).data).toEqual([
      { items: 'a' },
      { items: 'b' },
    ]);
    expect(
      (
        await start()
          .match({ _id: 'v1' })
          .addFields({ twice: $.multiply(['$amount', 2]) })
          .replaceRoot({ newRoot: { twice: '$twice' } })
          .end()
      ).data,
    ).toEqual([{ twice: 10 }]);
    expect(
      (
        await start()
          .bucket({ groupBy: '$amount', boundaries: [0, 6, 10], default: 'other', output: { n: $.sum(1) } })
          .end()
      ).data,
    ).toEqual([
      { _id: 0, n: 1 },
      { _id: 6, n: 2 },
    ]);
    expect((await start().bucketAuto({ groupBy: '$amount', buckets: 1 }).end()).data).toHaveLength(1);
    expect((await start().sample({ size: 2 }).end()).data).toHaveLength(2);
  });

  test('without a limit there are twenty rows, with one there are more', async () => {
    await vouchers().add(Array.from({ length: 30 }, (_, i) => ({ _id: `w${i}` })));

    expect((await vouchers().aggregate().match({}).end()).data).toHaveLength(20);
    expect((await vouchers().aggregate().match({}).limit(1000).end()).data).toHaveLength(33);
  });
});

describe('transactions', () => {
  test('both documents move, or none does', async () => {
    await vouchers().add([
      { _id: 'v1', n: 10 },
      { _id: 'v2', n: 0 },
    ]);
    const move = (amount: number) =>
      db.runTransaction(async (transaction: OpenTransaction) => {
        const from = (await transaction.collection(VOUCHERS.name).doc('v1').get()).data as { n: number };
        await transaction
          .collection(VOUCHERS.name)
          .doc('v1')
          .update({ n: from.n - amount });
        if (from.n < amount) throw new Error('not enough');
        await transaction
          .collection(VOUCHERS.name)
          .doc('v2')
          .update({ n: db.command.inc(amount) });
        return from.n;
      });

    expect(await move(4)).toBe(10);
    expect((await failureOf(move(100))).message).toBe('not enough');

    expect([await one('v1'), await one('v2')]).toMatchObject([{ n: 6 }, { n: 4 }]);
  });

  test('every verb that belongs to the transaction sees its own writes', async () => {
    await vouchers().add({ _id: 'v1', n: 1 });

    const seen = await db.runTransaction(async (transaction: OpenTransaction) => {
      const inside = transaction.collection(VOUCHERS.name);
      await inside.add({ _id: 'v2', n: 2 });
      await inside.doc('v3').set({ n: 3 });
      const returned = await inside.where({ _id: 'v2' }).updateAndReturn({ n: db.command.inc(10) });
      await inside.doc('v1').remove();
      const left = (
        await inside
          .where({ n: db.command.gt(0) })
          .orderBy('n', 'desc')
          .get()
      ).data as { n: number }[];
      const removed = (await inside.doc('v1').get()).data;
      return { returned: returned.doc, left: left.map(({ n }) => n), removed };
    });

    expect(seen).toMatchObject({ returned: { _id: 'v2', n: 12 }, left: [12, 3], removed: null });
    expect((await vouchers().count()).total).toBe(2);
  });

  test('a document changed by someone else is a conflict, and is tried again', async () => {
    await vouchers().add({ _id: 'v1', n: 0, other: 0 });
    let attempts = 0;

    await db.runTransaction(async (transaction: OpenTransaction) => {
      attempts++;
      const seen = (await transaction.collection(VOUCHERS.name).doc('v1').get()).data as { n: number };
      if (attempts < 3) await vouchers().doc('v1').update({ other: attempts });
      await transaction
        .collection(VOUCHERS.name)
        .doc('v1')
        .update({ n: seen.n + 1 });
    });

    expect(attempts).toBe(3);
    expect(await one('v1')).toMatchObject({ n: 1, other: 2 });
  });

  test('a second writer in a transaction fails at once', async () => {
    await vouchers().add({ _id: 'v1', n: 0 });
    const first = await db.startTransaction();
    const second = await db.startTransaction();
    await first.collection(VOUCHERS.name).doc('v1').update({ n: 1 });

    const failure = await failureOf(second.collection(VOUCHERS.name).doc('v1').update({ n: 2 }));
    await first.commit();

    expect(failure.code).toBe('DATABASE_TRANSACTION_CONFLICT');
    expect(await one('v1')).toMatchObject({ n: 1 });
  });

  test('an ended transaction is gone', async () => {
    const transaction = await db.startTransaction();
    await transaction.rollback();

    const failure = await failureOf(transaction.collection(VOUCHERS.name).doc('v1').get());

    expect(failure).toMatchObject({
      code: 'DATABASE_TRANSACTION_FAIL',
      message: expect.stringContaining('TransactionNotExist'),
    });
  });
});
