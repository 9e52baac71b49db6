/** Unique and sparse indexes as MongoDB has them. */
import type { IndexDefinition } from '../../../local/cloud/database/admin-protocol';
import { failureOf, post, startLocalDatabase, type LocalDatabase } from './local-database';
import { until } from '../until';

let local: LocalDatabase;
afterEach(() => local.stop());

const start = async (...indexes: IndexDefinition[]) => {
  local = await startLocalDatabase({ collections: [{ name: 'c', indexes }] });
  return local.db.collection('c');
};

test('without sparse, missing and null are one and the same key', async () => {
  const c = await start({ name: 'code', keys: [['code', 1]], unique: true });
  await c.add({ _id: 'a' });

  expect((await failureOf(c.add({ _id: 'b' }))).message).toContain('index: code dup key: { code: null }');
  expect((await failureOf(c.add({ _id: 'b', code: null }))).message).toContain('E11000');
});

test('with sparse, missing never collides, but an explicit null is a key', async () => {
  const c = await start({ name: 'code', keys: [['code', 1]], unique: true, sparse: true });
  await c.add([{ _id: 'a' }, { _id: 'b' }, { _id: 'n', code: null }]);

  expect((await failureOf(c.add({ code: null }))).message).toContain('E11000');
  expect((await c.where({ code: null }).count()).total).toBe(3);
});

test('a compound sparse index covers a document that has at least one of its keys', async () => {
  const keys = [
    ['outer', 1],
    ['kind', 1],
  ] as const;
  const c = await start({ name: 'outer_kind', keys, unique: true, sparse: true });
  await c.add([{ _id: 'a' }, { _id: 'b' }, { _id: 'c', outer: 'x' }, { _id: 'd', outer: 'x', kind: 1 }]);

  expect((await failureOf(c.add({ outer: 'x' }))).message).toContain('dup key: { outer: "x", kind: null }');
  expect((await failureOf(c.add({ outer: 'x', kind: 1 }))).message).toContain('E11000');
  expect((await c.where({ outer: 'x' }).count()).total).toBe(2);
});

test('keys of different types do not collide', async () => {
  const c = await start({ name: 'k', keys: [['k', 1]], unique: true });

  await c.add([{ k: 1 }, { k: '1' }, { k: true }, { k: new Date(1) }, { k: { a: 1 } }, { k: { a: 2 } }]);

  expect((await failureOf(c.add({ k: true }))).message).toContain('E11000');
  expect((await failureOf(c.add({ k: { a: 1 } }))).message).toContain('E11000');
});

test('the violated index is named, also when one name begins with another', async () => {
  const c = await start(
    { name: 'a', keys: [['a', 1]], unique: true, sparse: true },
    { name: 'ab', keys: [['b', 1]], unique: true, sparse: true },
  );
  await c.add({ a: 1, b: 1 });

  expect((await failureOf(c.add({ a: 1, b: 2 }))).message).toContain('index: a dup key');
  expect((await failureOf(c.add({ a: 2, b: 1 }))).message).toContain('index: ab dup key');
});

test('a key is free again once its document is removed or changed', async () => {
  const c = await start({ name: 'code', keys: [['code', 1]], unique: true });
  await c.add([
    { _id: 'a', code: 1 },
    { _id: 'b', code: 2 },
  ]);

  await c.doc('a').remove();
  await c.doc('b').update({ code: 1 });
  await c.add({ _id: 'c', code: 2 });

  expect((await c.count()).total).toBe(2);
});

test('a transaction keeps a plain writer from the key it has claimed', async () => {
  const c = await start({ name: 'code', keys: [['code', 1]], unique: true });
  const transaction = await local.db.startTransaction();
  await transaction.collection('c').add({ _id: 'a', code: 1 });

  const waiting = failureOf(c.add({ _id: 'b', code: 1 }));
  await until(() => local.engine.locks.waiting === 1);
  await transaction.commit();

  expect((await waiting).message).toContain('E11000');
  expect((await c.get()).data).toEqual([{ _id: 'a', code: 1 }]);
});

test('a unique key moves from one document to another within a transaction', async () => {
  const c = await start({ name: 'code', keys: [['code', 1]], unique: true });
  await c.add([{ _id: 'a', code: 1 }]);

  const transaction = await local.db.startTransaction();
  await transaction.collection('c').doc('a').remove();
  await transaction.collection('c').add({ _id: 'b', code: 1 });
  await transaction.commit();

  expect((await c.get()).data).toEqual([{ _id: 'b', code: 1 }]);
});

describe('applying collections', () => {
  const apply = (...indexes: IndexDefinition[]) =>
    post(local.url, 'emulator.applyCollections', { collections: [{ name: 'c', indexes }] });
  const indexOf = async (query: object) =>
    (await post(local.url, 'emulator.explain', { collectionName: 'c', query })).data;

  test('an index over stored documents is filled, and dropped when it is no longer listed', async () => {
    const c = await start();
    await c.add([{ a: 1 }, { a: 2, b: [1] }]);

    await apply({ name: 'a', keys: [['a', 1]] });
    expect(await indexOf({ a: 1 })).toMatchObject({ index: 'a' });
    expect((await c.where({ a: 2 }).count()).total).toBe(1);

    await apply();
    expect(await indexOf({ a: 1 })).toMatchObject({ index: null });
    await c.where({ a: 2 }).update({ a: 3 });

    await apply({ name: 'a', keys: [['a', -1]], unique: true });
    expect((await c.where({ a: 3 }).count()).total).toBe(1);
    expect((await failureOf(c.add({ a: 3 }))).message).toContain('E11000');
  });

  test('a unique index that stored documents violate is refused, and nothing is left of it', async () => {
    const c = await start();
    await c.add([{ a: 1 }, { a: 1 }]);

    expect(await apply({ name: 'a', keys: [['a', 1]], unique: true })).toMatchObject({
      message: expect.stringContaining('E11000'),
    });

    expect(await indexOf({ a: 1 })).toMatchObject({ index: null });
    await c.add({ a: 1 });
    await apply({ name: 'a', keys: [['a', 1]] });
    expect((await c.where({ a: 1 }).count()).total).toBe(3);
  });

  test('more indexes than the quota are refused', async () => {
    await start();
    const indexes = Array.from({ length: 20 }, (_, i) => ({
      name: `i${i}`,
      keys: [[`f${i}`, 1]] as [string, 1][],
    }));

    expect(await apply(...indexes)).toMatchObject({ message: expect.stringContaining('OutOfIndexQuota') });
  });
});
