/** What updates make of documents: (document, update, document afterwards and the number of changes, source). */
import {
  collection,
  database,
  expectOutcome,
  fill,
  findIds,
  refused,
  useDatabase,
  type Source,
} from './case-table';

useDatabase();

type Document = Record<string, unknown>;
type Case = readonly [before: Document, update: Document, after: unknown, source: Source, query?: Document];

async function updated(before: Document, update: Document, query: Document = {}): Promise<unknown> {
  await fill([{ _id: 1, ...before }]);
  await collection()
    .where({ _id: 1, ...query })
    .update(update);
  const { data } = await collection().where({ _id: 1 }).get();
  const { _id, ...after } = (data as Document[])[0] ?? {};
  return after;
}

const CASES: readonly Case[] = [
  // $set, $unset
  [
    { a: 1 },
    { $set: { a: 2, 'b.c': 3 } },
    { a: 2, b: { c: 3 } },
    'manual: $set, "Set Fields in Embedded Documents"',
  ],
  [{ a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }, 'manual: $set, "Set Elements in Arrays"'],
  [{ a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }, 'manual: $set; server fills with null'],
  [{ a: [1] }, { $set: { 'a.1500003': 9 } }, refused(/backfill/), 'server: backfill limit'],
  [{ a: [1] }, { $set: { 'a.b': 9 } }, refused(/Cannot create field 'b'/), 'server: PathNotViable'],
  [{ a: null }, { $set: { 'a.b': 9 } }, refused(/Cannot create field 'b'/), 'server: PathNotViable'],
  [{ a: 5 }, { $set: { 'a.b': 9 } }, refused(/Cannot create field 'b'/), 'server: PathNotViable'],
  [
    {},
    { $set: { 'a.0': 9 } },
    { a: { 0: 9 } },
    'manual: $set: a number names a field where there is no array',
  ],
  [{ a: { c: 1 } }, { $set: { a: { d: 2 } } }, { a: { d: 2 } }, 'manual: $set'],
  [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }, 'manual: $unset'],
  [{ a: [1, 2, 3] }, { $unset: { 'a.1': '' } }, { a: [1, null, 3] }, 'manual: $unset, "Behavior"'],
  [
    { a: 5 },
    { $unset: { 'a.b': '', c: '' } },
    { a: 5 },
    'manual: $unset: does nothing where there is no field',
  ],
  // numbers
  [{ a: 1 }, { $inc: { a: 2, b: 3, 'c.d': -1 } }, { a: 3, b: 3, c: { d: -1 } }, 'manual: $inc, "Behavior"'],
  [
    { a: null },
    { $inc: { a: 2 } },
    refused(/non-numeric/),
    'manual: $inc: error on a field with a null value',
  ],
  [{ a: '1' }, { $inc: { a: 2 } }, refused(/non-numeric/), 'server: $inc'],
  [{ a: 1 }, { $inc: { a: '2' } }, refused(/non-numeric argument/), 'server: $inc'],
  [{ a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }, 'manual: $mul, "Missing Field"'],
  [{ a: 'x' }, { $mul: { a: 2 } }, refused(/non-numeric/), 'server: $mul'],
  [{ a: 5 }, { $min: { a: 3, b: 1 } }, { a: 3, b: 1 }, 'manual: $min'],
  [{ a: 5 }, { $max: { a: 3, b: 1 } }, { a: 5, b: 1 }, 'manual: $max'],
  [{ a: 5 }, { $max: { a: 'x' } }, { a: 'x' }, 'manual: $max: by the BSON comparison order'],
  [{ a: 5 }, { $min: { a: null } }, { a: null }, 'manual: $min: by the BSON comparison order'],
  [{ a: null }, { $max: { a: -1 } }, { a: -1 }, 'manual: $max: by the BSON comparison order'],
  [{ a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }, 'manual: $bit, "Bitwise AND"'],
  [{ a: 3 }, { $bit: { a: { or: 5 } } }, { a: 7 }, 'manual: $bit, "Bitwise OR"'],
  [{ a: 1 }, { $bit: { a: { xor: 5 } } }, { a: 4 }, 'manual: $bit, "Bitwise XOR"'],
  [{}, { $bit: { a: { or: 5 } } }, { a: 5 }, 'server: $bit starts from 0'],
  [{ a: 1.5 }, { $bit: { a: { or: 5 } } }, refused(/non-integral/), 'manual: $bit: integers only'],
  [{ a: 1 }, { $bit: { a: { not: 5 } } }, refused(), 'server: $bit'],
  // $push
  [{ a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }, 'manual: $push'],
  [{}, { $push: { a: 2 } }, { a: [2] }, 'manual: $push, "Behavior"'],
  [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }, 'manual: $push, "Behavior"'],
  [{ a: 1 }, { $push: { a: 2 } }, refused(/must be an array/), 'manual: $push, "Behavior"'],
  [{ a: null }, { $push: { a: 2 } }, refused(/must be an array/), 'manual: $push, "Behavior"'],
  [{ a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }, 'manual: $each'],
  [{ a: [1] }, { $push: { a: { $each: 2 } } }, refused(/\$each/), 'server: $each'],
  [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: 0 } } }, { a: [9, 1, 2] }, 'manual: $position'],
  [
    { a: [1, 2] },
    { $push: { a: { $each: [9], $position: -1 } } },
    { a: [1, 9, 2] },
    'manual: $position, negative',
  ],
  [
    { a: [1, 2] },
    { $push: { a: { $each: [9], $position: -7 } } },
    { a: [9, 1, 2] },
    'manual: $position, negative',
  ],
  [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: 7 } } }, { a: [1, 2, 9] }, 'manual: $position'],
  [{ a: [40, 50] }, { $push: { a: { $each: [80], $slice: -2 } } }, { a: [50, 80] }, 'manual: $slice'],
  [{ a: [40, 50] }, { $push: { a: { $each: [80], $slice: 1 } } }, { a: [40] }, 'manual: $slice'],
  [{ a: [40, 50] }, { $push: { a: { $each: [], $slice: 0 } } }, { a: [] }, 'manual: $slice'],
  [
    { a: [{ s: 8 }, { s: 7 }] },
    { $push: { a: { $each: [{ s: 9 }], $sort: { s: 1 } } } },
    { a: [{ s: 7 }, { s: 8 }, { s: 9 }] },
    'manual: $sort',
  ],
  [{ a: [8, 7] }, { $push: { a: { $each: [9], $sort: -1 } } }, { a: [9, 8, 7] }, 'manual: $sort'],
  [
    { a: [8, 'x', null] },
    { $push: { a: { $each: [], $sort: 1 } } },
    { a: [null, 8, 'x'] },
    'manual: $sort; Comparison/Sort Order',
  ],
  [{ a: [1] }, { $push: { a: { $each: [1], $wrong: 1 } } }, refused(), 'server: $push'],
  // $addToSet
  [
    { s: [1, 1] },
    { $addToSet: { s: 2 } },
    { s: [1, 1, 2] },
    'manual: $addToSet: does not affect existing duplicates',
  ],
  [{ s: [1, 1, 1] }, { $addToSet: { s: 2 } }, { s: [1, 1, 1, 2] }, 'manual: $addToSet'],
  [
    { s: [1, 1] },
    { $addToSet: { s: { $each: [2, 3, 2, 1] } } },
    { s: [1, 1, 2, 3] },
    'manual: $addToSet, "$each Modifier"',
  ],
  [
    { s: [1] },
    { $addToSet: { s: [2, 3] } },
    { s: [1, [2, 3]] },
    'manual: $addToSet, "Value to Add is An Array"',
  ],
  [
    { s: [{ a: 1, b: 2 }] },
    { $addToSet: { s: { b: 2, a: 1 } } },
    {
      s: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
    'manual: $addToSet, "Value to Add is a Document"',
  ],
  [
    { s: [{ a: 1, b: 2 }] },
    { $addToSet: { s: { a: 1, b: 2 } } },
    { s: [{ a: 1, b: 2 }] },
    'manual: $addToSet',
  ],
  [{}, { $addToSet: { s: 1 } }, { s: [1] }, 'manual: $addToSet, "Missing Field"'],
  [
    { s: 1 },
    { $addToSet: { s: 1 } },
    refused(/must be an array/),
    'manual: $addToSet, "Field is Not an Array"',
  ],
  [
    { s: null },
    { $addToSet: { s: 1 } },
    refused(/must be an array/),
    'manual: $addToSet, "Field is Not an Array"',
  ],
  // $pull, $pullAll, $pop
  [{ a: [3, 1, 3] }, { $pull: { a: 3 } }, { a: [1] }, 'manual: $pull'],
  [
    { a: [3, 5, 6, 7] },
    { $pull: { a: { $gte: 6 } } },
    { a: [3, 5] },
    'manual: $pull, "Remove All Items That Match a Specified $pull Condition"',
  ],
  [{ a: ['ab', 'b'] }, { $pull: { a: /^a/ } }, { a: ['b'] }, 'manual: $pull'],
  [
    {
      a: [
        { i: 'A', s: 5 },
        { i: 'B', s: 8, x: 1 },
      ],
    },
    { $pull: { a: { s: 8, i: 'B' } } },
    { a: [{ i: 'A', s: 5 }] },
    'manual: $pull, "Remove Items from an Array of Documents"',
  ],
  [
    { a: [{ s: 1 }, 5, { s: 9 }] },
    { $pull: { a: { s: { $gt: 5 } } } },
    { a: [{ s: 1 }, 5] },
    'manual: $pull',
  ],
  [
    {
      a: [
        [1, 2],
        [2, 1],
      ],
    },
    { $pull: { a: [1, 2] } },
    { a: [[2, 1]] },
    'manual: $pull: an array exactly, order included',
  ],
  [{ a: [null, 1] }, { $pull: { a: null } }, { a: [1] }, 'manual: $pull'],
  [{ a: 5 }, { $pull: { a: 5 } }, refused(/must be an array/), 'server: $pull'],
  [{}, { $pull: { a: 5 } }, {}, 'manual: $pull'],
  [{ a: [0, 2, 5, 5, 1, 0] }, { $pullAll: { a: [0, 5] } }, { a: [2, 1] }, 'manual: $pullAll'],
  [
    { a: [{ x: 1, y: 2 }] },
    { $pullAll: { a: [{ y: 2, x: 1 }] } },
    { a: [{ x: 1, y: 2 }] },
    'manual: $pullAll: exactly, order included',
  ],
  [{ a: [1] }, { $pullAll: { a: 1 } }, refused(/array argument/), 'server: $pullAll'],
  [{ a: [8, 9, 10] }, { $pop: { a: -1 } }, { a: [9, 10] }, 'manual: $pop'],
  [{ a: [8, 9, 10] }, { $pop: { a: 1 } }, { a: [8, 9] }, 'manual: $pop'],
  [{ a: [] }, { $pop: { a: 1 } }, { a: [] }, 'manual: $pop'],
  [{ a: 5 }, { $pop: { a: 1 } }, refused(/must be an array/), 'manual: $pop: fails where there is no array'],
  [{ a: [1] }, { $pop: { a: 2 } }, refused(/expects 1 or -1/), 'server: $pop'],
  // $rename
  [
    { a: 1, b: 2 },
    { $rename: { a: 'c.d' } },
    { b: 2, c: { d: 1 } },
    'manual: $rename, "Rename a Field in an Embedded Document"',
  ],
  [{ a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }, 'manual: $rename, "Behavior"'],
  [{ b: 2 }, { $rename: { a: 'c' } }, { b: 2 }, 'manual: $rename, "Rename a Field That Does Not Exist"'],
  [
    { a: [{ b: 1 }] },
    { $rename: { 'a.0.b': 'c' } },
    refused(/array element/),
    'manual: $rename: does not work in array elements',
  ],
  [
    { a: [{ b: 1 }], x: 1 },
    { $rename: { x: 'a.0.x' } },
    refused(/array element/),
    'manual: $rename: does not work in array elements',
  ],
  [{ a: 1 }, { $rename: { a: 'a' } }, refused(/must differ/), 'server: $rename'],
  [{ a: 1 }, { $rename: { a: 5 } }, refused(/must be a string/), 'server: $rename'],
  // positions
  [{ g: [80, 85, 90] }, { $set: { 'g.$': 82 } }, { g: [80, 82, 90] }, 'manual: $ (update)', { g: 85 }],
  [
    {
      g: [
        { n: 80, std: 8 },
        { n: 85, std: 5 },
      ],
    },
    { $set: { 'g.$.std': 6 } },
    {
      g: [
        { n: 80, std: 8 },
        { n: 85, std: 6 },
      ],
    },
    'manual: $ (update), "Update Documents in an Array"',
    { 'g.n': 85 },
  ],
  [
    {
      g: [
        { n: 80, m: 75 },
        { n: 85, m: 90 },
        { n: 90, m: 85 },
      ],
    },
    { $set: { 'g.$.s': 6 } },
    {
      g: [
        { n: 80, m: 75 },
        { n: 85, m: 90, s: 6 },
        { n: 90, m: 85 },
      ],
    },
    'manual: $ (update), "Update Embedded Documents Using Multiple Field Matches"',
    { g: { $elemMatch: { n: { $lte: 90 }, m: { $gt: 80 } } } },
  ],
  [{ g: [1, 2] }, { $inc: { 'g.$': 5 } }, refused(/positional operator did not find/), 'manual: $ (update)'],
  [{ g: [80, 85] }, { $inc: { 'g.$[]': 10 } }, { g: [90, 95] }, 'manual: $[]'],
  [
    { g: [{ q: 1 }, { q: 2 }] },
    { $inc: { 'g.$[].q': 1 } },
    { g: [{ q: 2 }, { q: 3 }] },
    'manual: $[], "Update All Documents in an Array"',
  ],
  [{ g: 5 }, { $inc: { 'g.$[]': 1 } }, refused(), 'manual: $[]: the field must be an array'],
  [{}, { $inc: { 'g.$[]': 1 } }, refused(/must exist/), 'server: $[]'],
  [
    { g: [1] },
    { $inc: { 'g.$[x]': 1 } },
    refused(/No array filter found for identifier 'x'/),
    'server: $[identifier] without arrayFilters',
  ],
  // what excludes itself
  [{}, { $set: { a: 1 }, $inc: { 'a.b': 1 } }, refused(/conflict/), 'server: ConflictingUpdateOperators'],
  [{}, { $set: { _id: 2 } }, refused(/immutable/), 'server: ImmutableField'],
  [{}, { $set: { '_id.x': 2 } }, refused(/immutable/), 'server: ImmutableField'],
  [{}, { $wrong: { a: 2 } }, refused(/unknown top level operator/), 'server: unknown modifier'],
  [{}, { $set: { a: { $b: 1, c: 1 } } }, refused(/\$ prefixed/), 'server: DollarPrefixedFieldName'],
];

const titleOf = ([before, update, , source]: Case) =>
  `${JSON.stringify(before)} by ${JSON.stringify(update)} (${source})`;

test.each(CASES.map(one => ({ title: titleOf(one), one })))('$title', async ({ one }) => {
  const [before, update, after, , query] = one;
  await expectOutcome(() => updated(before, update, query), after);
});

describe('how many were changed', () => {
  const changed = async (before: Document, update: Document) => {
    await fill([{ _id: 1, ...before }]);
    return (await collection().where({ _id: 1 }).update(update)).updated;
  };

  test.each([
    [{ a: 1 }, { $set: { a: 1 } }, 0],
    [{ a: 1 }, { $inc: { a: 0 } }, 0],
    [{ a: 1 }, { $max: { a: 0 } }, 0],
    [{ a: [1, 1] }, { $addToSet: { a: 1 } }, 0],
    [{ a: [1, 1] }, { $addToSet: { a: 2 } }, 1],
    [{ a: [1] }, { $pull: { a: 2 } }, 0],
    [{ a: { b: 1, c: 2 } }, { $set: { a: { c: 2, b: 1 } } }, 1],
    [{ a: 1 }, { $unset: { b: '' } }, 0],
  ] as const)('%j by %j: %j (SDK: updated counts changes)', async (before, update, expected) => {
    expect(await changed(before, update)).toBe(expected);
  });

  test('set() of the same content counts one (SDK test geo.test.ts)', async () => {
    await fill([]);
    const document = database().collection('plain').doc('v1');
    expect(await document.set({ a: 1 })).toMatchObject({ updated: 0, upsertedId: 'v1' });

    expect(await document.set({ a: 1 })).toMatchObject({ updated: 1 });
    expect(await document.set({ a: 2 })).toMatchObject({ updated: 1 });
  });

  test('in a transaction too', async () => {
    await fill([{ _id: 'v1', a: 1 }]);
    const transaction = await database().startTransaction();
    const answer = await transaction.collection('plain').doc('v1').set({ a: 1 });
    await transaction.commit();

    expect(answer).toMatchObject({ updated: 1 });
  });
});

describe('unique indexes', () => {
  const SOURCE = 'manual: Unique Indexes; Multikey Indexes';
  const add = (...documents: Document[]) => database().collection('unique').add(documents);
  beforeEach(() => fill([], 'unique'));

  test.each([
    ['arrays that share an element', { v: ['a', 'b'] }, { v: ['b', 'c'] }, false],
    ['an element that another has alone', { v: 'b' }, { v: ['b'] }, false],
    ['a value that another has among others', { v: ['a', 'b'] }, { v: 'a' }, false],
    ['two empty arrays', { v: [] }, { v: [] }, false],
    ['arrays without a common element', { v: ['a'] }, { v: ['b'] }, true],
    ['an array that repeats an element', { v: 'a' }, { v: ['b', 'b'] }, true],
    ['an empty array and null', { v: [] }, { v: null }, true],
    ['an array in an array and the inner one', { v: [['a']] }, { v: ['a'] }, true],
  ])(`%s (${SOURCE})`, async (_, one: Document, other: Document, isAccepted) => {
    await add(one);
    await expectOutcome(
      async () => ((await add(other)) as { ids: unknown[] }).ids.length,
      isAccepted ? 1 : refused(/E11000/),
    );
  });

  test(`an element is free again once its document gives it up (${SOURCE})`, async () => {
    await add({ _id: 1, v: ['a', 'b'] }, { _id: 2, v: ['c'] });
    await collection('unique')
      .where({ _id: 1 })
      .update({ $pull: { v: 'b' } });
    await collection('unique')
      .where({ _id: 2 })
      .update({ $push: { v: 'b' } });
    await expectOutcome(
      () =>
        collection('unique')
          .where({ _id: 1 })
          .update({ $push: { v: 'c' } }),
      refused(/E11000/),
    );
    await collection('unique').where({ _id: 2 }).remove();
    await collection('unique')
      .where({ _id: 1 })
      .update({ $set: { v: 'c' } });

    expect(await findIds({ v: 'c' }, 'unique')).toEqual([1]);
  });

  test('two documents exchange their keys in a transaction', async () => {
    await add({ _id: 'x', v: 'a' }, { _id: 'y', v: 'b' });
    const transaction = await database().startTransaction();
    const update = (id: string, v: string) => transaction.collection('unique').doc(id).update({ v });
    await update('x', 'free');
    await update('y', 'a');
    await update('x', 'b');
    await transaction.commit();

    const { data } = await collection('unique').where({}).orderBy('_id', 'asc').get();
    expect(data).toEqual([
      { _id: 'x', v: 'b' },
      { _id: 'y', v: 'a' },
    ]);
  });

  test('of a list, the documents before a duplicate stay (manual: insertMany, ordered)', async () => {
    await add({ _id: 2, v: 'taken' });
    await expectOutcome(
      () => add({ _id: 1, v: 'a' }, { _id: 3, v: 'taken' }, { _id: 4, v: 'b' }),
      refused(/E11000/),
    );

    expect(await findIds({}, 'unique')).toEqual([1, 2]);
  });
});
