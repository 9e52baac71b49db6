/** What pipelines make of documents: (documents, stages, results, source). */
import {
  aggregate,
  collection,
  database,
  expectOutcome,
  fill,
  refused,
  useDatabase,
  type Source,
} from './case-table';

useDatabase();

type Document = Record<string, unknown>;
type Case = readonly [
  documents: readonly Document[],
  stages: readonly Document[],
  results: unknown,
  source: Source,
];

/** Documents with ids from 1 on. */
const docs = (...documents: Document[]) => documents.map((document, i) => ({ _id: i + 1, ...document }));
const VALUES = docs({ x: 1 }, { x: 5 }, { x: null }, {}, { x: 'a' });

const GROUP: readonly Case[] = [
  [
    VALUES,
    [{ $group: { _id: null, s: { $sum: '$x' }, a: { $avg: '$x' }, h: { $max: '$x' }, l: { $min: '$x' } } }],
    [{ _id: null, s: 6, a: 3, h: 'a', l: 1 }],
    'manual: $sum, $avg, $max, $min',
  ],
  [
    docs({}, { x: null }),
    [{ $group: { _id: null, s: { $sum: '$x' }, a: { $avg: '$x' }, h: { $max: '$x' }, l: { $min: '$x' } } }],
    [{ _id: null, s: 0, a: null, h: null, l: null }],
    'manual: $sum, $avg, $max, $min: missing fields',
  ],
  [
    VALUES,
    [{ $group: { _id: null, p: { $push: '$x' } } }],
    [{ _id: null, p: [1, 5, null, 'a'] }],
    'server: $push of missing adds nothing',
  ],
  [
    docs({ x: 1 }, { x: 1 }, {}, { x: [1] }),
    [{ $group: { _id: null, p: { $addToSet: '$x' } } }],
    [{ _id: null, p: [1, [1]] }],
    'manual: $addToSet (aggregation)',
  ],
  [
    docs({ x: { a: 1, b: 2 } }, { x: { b: 2, a: 1 } }),
    [{ $group: { _id: '$x' } }, { $count: 'n' }],
    [{ n: 2 }],
    'manual: $group; Comparison/Sort Order: field order counts',
  ],
  [
    docs({}, { x: null }, { x: 1 }),
    [{ $group: { _id: '$x', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, n: 2 },
      { _id: 1, n: 1 },
    ],
    'manual: $group, "Group by null": a missing key is null',
  ],
  [
    docs({ x: 1 }, { x: '1' }, { x: true }, { x: new Date(1) }),
    [{ $group: { _id: '$x' } }, { $count: 'n' }],
    [{ n: 4 }],
    'manual: $group: types do not mix',
  ],
  [
    docs({ y: 1 }, { x: 2 }),
    [{ $group: { _id: null, f: { $first: '$x' }, l: { $last: '$x' } } }],
    [{ _id: null, f: null, l: 2 }],
    'manual: $first, $last: null where missing',
  ],
  [
    docs({ x: 1 }, { x: 3 }),
    [{ $group: { _id: null, p: { $stdDevPop: '$x' }, m: { $mergeObjects: { k: '$x' } } } }],
    [{ _id: null, p: 1, m: { k: 3 } }],
    'manual: $stdDevPop, $mergeObjects',
  ],
  [
    docs({ x: 3 }),
    [{ $group: { _id: null, p: { $stdDevPop: '$x' }, s: { $stdDevSamp: '$x' } } }],
    [{ _id: null, p: 0, s: null }],
    'manual: $stdDevSamp',
  ],
  [
    docs({ x: [1, 2] }),
    [{ $group: { _id: null, s: { $sum: '$x' } } }],
    [{ _id: null, s: 0 }],
    'manual: $sum, "Array Operand": in $group an array is no number',
  ],
  [
    docs({ x: 1 }),
    [{ $group: { _id: null, n: { $count: {} } } }],
    [{ _id: null, n: 1 }],
    'manual: $count (accumulator)',
  ],
  [[], [{ $group: { _id: null, n: { $sum: 1 } } }], [], 'manual: $group: nothing of nothing'],
  [VALUES, [{ $group: { s: { $sum: '$x' } } }], refused(/must include an _id/), 'server: $group'],
  [VALUES, [{ $group: { _id: null, s: '$x' } }], refused(/accumulator object/), 'server: $group'],
  [
    VALUES,
    [{ $group: { _id: null, s: { $wrong: '$x' } } }],
    refused(/unknown group operator/),
    'server: $group',
  ],
  [
    VALUES,
    [{ $group: { _id: null, 's.t': { $sum: '$x' } } }],
    refused(/cannot contain '\.'/),
    'server: $group',
  ],
  [
    VALUES,
    [{ $group: { _id: null, s: { $median: {} } } }],
    refused(/not supported/),
    'local database: what is missing is named',
  ],
];

const bucket = (boundaries: unknown[], more: Document = {}) => [
  { $bucket: { groupBy: '$x', boundaries, ...more } },
];
const BUCKETS: readonly Case[] = [
  [
    docs({ x: 0 }, { x: 9 }, { x: 10 }),
    bucket([0, 10, 20]),
    [
      { _id: 0, count: 2 },
      { _id: 10, count: 1 },
    ],
    'manual: $bucket: inclusive lower, exclusive upper',
  ],
  [docs({ x: 10 }), bucket([0, 10, 20]), [{ _id: 10, count: 1 }], 'manual: $bucket: no empty buckets'],
  [
    docs({ x: 20 }),
    bucket([0, 10, 20], { default: 'x' }),
    [{ _id: 'x', count: 1 }],
    'manual: $bucket, "default"',
  ],
  [
    docs({ x: 5 }, {}),
    bucket([0, 10], { default: -1 }),
    [
      { _id: -1, count: 1 },
      { _id: 0, count: 1 },
    ],
    'manual: $bucket: missing goes to the default',
  ],
  [docs({ x: 20 }), bucket([0, 10, 20]), refused(/no default was specified/), 'manual: $bucket, "default"'],
  [
    docs({ x: 0 }, { x: 18 }, { x: 34 }, { x: 35 }, { x: 59 }, { x: 60 }),
    bucket([0, 18, 35, 60, 200]),
    [
      { _id: 0, count: 1 },
      { _id: 18, count: 2 },
      { _id: 35, count: 2 },
      { _id: 60, count: 1 },
    ],
    'manual: $bucket',
  ],
  [
    docs({ x: 'a' }, { x: 'b' }),
    bucket(['a', 'b', 'c']),
    [
      { _id: 'a', count: 1 },
      { _id: 'b', count: 1 },
    ],
    'manual: $bucket',
  ],
  [
    docs({ x: new Date(5) }, { x: new Date(10) }),
    bucket([new Date(0), new Date(10), new Date(20)], { output: { n: { $sum: 1 }, ids: { $push: '$_id' } } }),
    [
      { _id: new Date(0), n: 1, ids: [1] },
      { _id: new Date(10), n: 1, ids: [2] },
    ],
    'manual: $bucket, "output"',
  ],
  [[], bucket([0]), refused(/at least 2 values/), 'server: $bucket'],
  [[], bucket([0, 0]), refused(/ascending order/), 'server: $bucket'],
  [[], bucket([0, 'a']), refused(/same type/), 'server: $bucket'],
  [[], bucket([0, 10], { default: 5 }), refused(/default/), 'server: $bucket'],
  [[], [{ $bucket: { groupBy: 'x', boundaries: [0, 1] } }], refused(/groupBy/), 'server: $bucket'],
  [
    docs({ x: 1 }, { x: 2 }, { x: 3 }, { x: 4 }),
    [{ $bucketAuto: { groupBy: '$x', buckets: 2 } }],
    [
      { _id: { min: 1, max: 3 }, count: 2 },
      { _id: { min: 3, max: 4 }, count: 2 },
    ],
    'manual: $bucketAuto',
  ],
  [
    docs({ x: 1 }, { x: 1 }, { x: 1 }, { x: 2 }),
    [{ $bucketAuto: { groupBy: '$x', buckets: 2 } }],
    [
      { _id: { min: 1, max: 2 }, count: 3 },
      { _id: { min: 2, max: 2 }, count: 1 },
    ],
    'manual: $bucketAuto: equal values stay together',
  ],
  [
    docs({ x: 1 }),
    [{ $bucketAuto: { groupBy: '$x', buckets: 5 } }],
    [{ _id: { min: 1, max: 1 }, count: 1 }],
    'manual: $bucketAuto: fewer values than buckets',
  ],
  [[], [{ $bucketAuto: { groupBy: '$x', buckets: 5 } }], [], 'manual: $bucketAuto'],
  [[], [{ $bucketAuto: { groupBy: '$x', buckets: 0 } }], refused(/greater than 0/), 'server: $bucketAuto'],
  [
    [],
    [{ $bucketAuto: { groupBy: '$x', buckets: 2, granularity: 'R5' } }],
    refused(/granularity.*not supported/),
    'local database: what is missing is named',
  ],
];

const FLOW: readonly Case[] = [
  [VALUES, [{ $count: 'n' }], [{ n: 5 }], 'manual: $count'],
  [[], [{ $count: 'n' }], [], 'manual: $count: no document for no documents'],
  [VALUES, [{ $match: { x: 99 } }, { $count: 'n' }], [], 'manual: $count'],
  [VALUES, [{ $count: '$n' }], refused(), 'manual: $count'],
  [VALUES, [{ $count: '' }], refused(), 'manual: $count'],
  [VALUES, [{ $count: 'a.b' }], refused(), 'manual: $count'],
  [VALUES, [{ $limit: 0 }], refused(/\$limit/), 'manual: $limit: positive'],
  [VALUES, [{ $match: {} }, { $limit: -1 }], refused(/\$limit/), 'manual: $limit: positive'],
  [VALUES, [{ $limit: 'x' }], refused(/\$limit/), 'server: $limit'],
  [VALUES, [{ $skip: -1 }], refused(/\$skip/), 'manual: $skip'],
  [VALUES, [{ $skip: 3 }, { $limit: 1 }, { $project: { x: 1 } }], [{ _id: 4 }], 'manual: $skip, $limit'],
  [VALUES, [{ $project: { x: 1 } }, { $skip: 3 }, { $limit: 1 }], [{ _id: 4 }], 'manual: $skip, $limit'],
  [
    VALUES,
    [{ $sort: { x: -1 } }, { $project: { x: 1 } }],
    [{ _id: 5, x: 'a' }, { _id: 2, x: 5 }, { _id: 1, x: 1 }, { _id: 3, x: null }, { _id: 4 }],
    'manual: $sort',
  ],
  [VALUES, [{ $sort: {} }], refused(/at least one sort key/), 'server: $sort'],
  [VALUES, [{ $sort: { x: 2 } }], refused(/must be 1/), 'server: $sort'],
  [[], [{ $sample: { size: 3 } }], [], 'manual: $sample'],
  [VALUES, [{ $sample: { size: 'x' } }], refused(/\$sample/), 'server: $sample'],
  [VALUES, [{ $match: { $wrong: 1 } }], refused(/unknown top level operator/), 'server: $match'],
  [VALUES, [{ $match: 5 }], refused(/match filter/), 'server: $match'],
  [
    docs({ x: 'a' }, { x: 'b' }, { x: 'a' }, {}),
    [{ $sortByCount: '$x' }, { $limit: 1 }],
    [{ _id: 'a', count: 2 }],
    'manual: $sortByCount',
  ],
  [VALUES, [{ $sortByCount: 'x' }], refused(/sortByCount/), 'server: $sortByCount'],
  [docs({ x: { a: 1 } }), [{ $replaceRoot: { newRoot: '$x' } }], [{ a: 1 }], 'manual: $replaceRoot'],
  [
    docs({ x: 1 }),
    [{ $replaceRoot: { newRoot: '$x' } }],
    refused(/evaluate to an object/),
    'manual: $replaceRoot',
  ],
  [docs({}), [{ $replaceRoot: { newRoot: '$x' } }], refused(/evaluate to an object/), 'manual: $replaceRoot'],
  [
    docs({ x: 1 }),
    [{ $replaceRoot: { newRoot: { $mergeObjects: [{ d: 0 }, '$$ROOT'] } } }],
    [{ d: 0, _id: 1, x: 1 }],
    'manual: $replaceRoot',
  ],
  [
    docs({ x: [3, 1] }),
    [{ $unwind: '$x' }],
    [
      { _id: 1, x: 3 },
      { _id: 1, x: 1 },
    ],
    'manual: $unwind',
  ],
  [
    docs({ x: 5 }, { x: null }, {}, { x: [] }),
    [{ $unwind: '$x' }],
    [{ _id: 1, x: 5 }],
    'manual: $unwind, "Non-Array Field Path"',
  ],
  [
    docs({ x: 5 }, { x: null }, {}, { x: [] }, { x: [7] }),
    [{ $unwind: { path: '$x', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } }],
    [
      { _id: 1, x: 5, i: null },
      { _id: 2, x: null, i: null },
      { _id: 3, i: null },
      { _id: 4, i: null },
      { _id: 5, x: 7, i: 0 },
    ],
    'manual: $unwind, "preserveNullAndEmptyArrays"',
  ],
  [
    docs({ x: { y: [1, 2], z: 0 } }),
    [{ $unwind: '$x.y' }],
    [
      { _id: 1, x: { y: 1, z: 0 } },
      { _id: 1, x: { y: 2, z: 0 } },
    ],
    'manual: $unwind',
  ],
  [
    docs({ x: [[1], [2]] }),
    [{ $unwind: '$x' }],
    [
      { _id: 1, x: [1] },
      { _id: 1, x: [2] },
    ],
    'manual: $unwind',
  ],
  [VALUES, [{ $unwind: 'x' }], refused(/prefixed with a '\$'/), 'server: $unwind'],
  [
    VALUES,
    [{ $unwind: { path: '$x', includeArrayIndex: '$i' } }],
    refused(/includeArrayIndex/),
    'server: $unwind',
  ],
];

const SHAPE: readonly Case[] = [
  [docs({ a: 1, b: 2 }), [{ $project: { a: 1 } }], [{ _id: 1, a: 1 }], 'manual: $project'],
  [docs({ a: 1, b: 2 }), [{ $project: { a: 0 } }], [{ _id: 1, b: 2 }], 'manual: $project, "Exclude Fields"'],
  [docs({ a: 1, b: 2 }), [{ $project: { _id: 0 } }], [{ a: 1, b: 2 }], 'manual: $project'],
  [docs({ a: 1 }), [{ $project: {} }], refused(/at least one field/), 'manual: $project'],
  [docs({ a: 1 }), [{ $project: { a: 1, b: 0 } }], refused(/inclusion and exclusion/), 'manual: $project'],
  [docs({ a: 1 }), [{ $project: { a: 1, 'a.b': 1 } }], refused(/collision/i), 'server: $project'],
  [docs({ a: 1 }), [{ $project: { a: {} } }], refused(/empty/i), 'server: $project'],
  [
    docs({ a: 1 }),
    [{ $project: { _id: 0, n: '$a', m: '$x', k: null } }],
    [{ n: 1, k: null }],
    'manual: $project: missing adds no field',
  ],
  [
    docs({ a: 1 }),
    [{ $project: { _id: 0, l: { $literal: 1 }, s: 'text', t: ['$a', '$x'] } }],
    [{ l: 1, s: 'text', t: [1, null] }],
    'manual: $project',
  ],
  [
    docs({ a: [{ b: 1, c: 2 }, 5, { c: 3 }] }),
    [{ $project: { 'a.c': 1 } }],
    [{ _id: 1, a: [{ c: 2 }, { c: 3 }] }],
    'manual: $project, "Include Specific Fields from Embedded Documents"',
  ],
  [
    docs({ a: [{ b: 1, c: 2 }, 5] }),
    [{ $project: { a: { b: 0 } } }],
    [{ _id: 1, a: [{ c: 2 }, 5] }],
    'manual: $project',
  ],
  [
    docs({ a: { b: 1 }, c: 2 }),
    [{ $project: { 'a.x': '$c', 'a.b': 1 } }],
    [{ _id: 1, a: { b: 1, x: 2 } }],
    'manual: $project',
  ],
  [
    docs({ a: 1 }),
    [{ $project: { a: { $cond: [{ $eq: ['$a', 1] }, '$$REMOVE', '$a'] }, b: 'x' } }],
    [{ _id: 1, b: 'x' }],
    'manual: $project, "Conditionally Exclude Fields"',
  ],
  [
    docs({ a: [{ b: 1 }, { b: 2 }] }),
    [{ $addFields: { 'a.c': 9 } }],
    [
      {
        _id: 1,
        a: [
          { b: 1, c: 9 },
          { b: 2, c: 9 },
        ],
      },
    ],
    'manual: $addFields',
  ],
  [
    docs({ a: { b: 1 } }),
    [{ $addFields: { a: { c: '$a.b' }, 'd.e': 1 } }],
    [{ _id: 1, a: { b: 1, c: 1 }, d: { e: 1 } }],
    'manual: $addFields',
  ],
  [
    docs({ a: 1 }),
    [{ $addFields: { a: 2, b: '$x' } }],
    [{ _id: 1, a: 2 }],
    'manual: $addFields, "Overwriting an existing field"',
  ],
  [docs({ a: 1 }), [{ $addFields: {} }], refused(/at least one field/), 'server: $addFields'],
];

const TABLES = { GROUP, BUCKETS, FLOW, SHAPE };

describe.each(Object.entries(TABLES))('%s', (_, cases) => {
  const rows = cases.map(one => ({ title: `${JSON.stringify(one.slice(0, 2))} (${one[3]})`, one }));
  test.each(rows)('$title', async ({ one: [documents, stages, results] }) => {
    await fill(documents);
    await expectOutcome(() => aggregate(stages), results);
  });
});

describe('$sample (manual: $sample)', () => {
  beforeEach(() => fill(docs({}, {}, {}, {}, {})));

  test.each([1, 3, 5, 9])('of five documents %d are wanted: none comes twice', async size => {
    const ids = (await aggregate([{ $sample: { size } }])).map(({ _id }) => _id);

    expect(ids).toHaveLength(Math.min(size, 5));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('$lookup (manual: $lookup)', () => {
  const join = { from: 'other', localField: 'k', foreignField: 'f', as: 'x' };
  const joined = async (locals: Document[], foreigns: Document[], stage: Document = join) => {
    await fill(foreigns, 'other');
    await fill(locals);
    const found = await aggregate([{ $lookup: stage }, { $sort: { _id: 1 } }]);
    return found.map(({ x }) => (x as Document[]).map(({ _id }) => _id));
  };
  const FOREIGNS = docs({ f: 1 }, { f: null }, {}, { f: [1, 2] }, { f: 'x' }, { f: { a: 1, b: 2 } });

  test.each([
    ['a value', { k: 1 }, [1, 4]],
    ['an array, by its elements', { k: [2, 'x'] }, [4, 5]],
    ['null', { k: null }, [2, 3]],
    ['a missing field, as null', {}, [2, 3]],
    ['an embedded document with its fields in order', { k: { a: 1, b: 2 } }, [6]],
    ['one in another order', { k: { b: 2, a: 1 } }, []],
  ])('joins by %s', async (_, document: Document, expected) => {
    expect(await joined(docs(document), FOREIGNS)).toEqual([expected]);
  });

  test('a variable whose field is missing is less than everything', async () => {
    const stage = {
      from: 'other',
      let: { q: '$q' },
      pipeline: [{ $match: { $expr: { $gte: ['$f', '$$q'] } } }],
      as: 'x',
    };

    expect(await joined(docs({ q: 5 }, {}), docs({ f: 1 }, { f: 9 }), stage)).toEqual([[2], [1, 2]]);
  });

  test('a name with a dot makes an embedded field', async () => {
    await fill(docs({ f: 1 }), 'other');
    await fill(docs({ k: 1, r: { s: 0 } }));

    expect(await aggregate([{ $lookup: { ...join, as: 'r.x' } }])).toEqual([
      { _id: 1, k: 1, r: { s: 0, x: [{ _id: 1, f: 1 }] } },
    ]);
  });

  test('what is wrong in its pipeline is refused', async () => {
    await fill(docs({ k: 1 }));
    const stage = { from: 'other', pipeline: [{ $match: { $expr: '$$nobody' } }], as: 'x' };
    await expectOutcome(() => aggregate([{ $lookup: stage }]), refused(/undefined variable/));
    await expectOutcome(() => aggregate([{ $lookup: { from: 'other' } }]), refused(/\$lookup needs/));
  });
});

test("the SDK's own builder says the same as raw stages", async () => {
  await fill(docs({ x: 1, day: new Date('2014-01-01') }, { x: 10, day: null }));
  const { aggregate: $ } = database().command;
  const { data } = await database()
    .collection('plain')
    .aggregate()
    .match({ x: database().command.gte(1) })
    .addFields({ year: $.year('$day') })
    .bucket({ groupBy: '$x', boundaries: [0, 10, 20], output: { years: $.push('$year') } })
    .end();

  expect(data).toEqual([
    { _id: 0, years: [2014] },
    { _id: 10, years: [null] },
  ]);
  expect((await collection().where({ x: 10 }).count()).total).toBe(1);
});
