/** Sorts and projections of finds: (call, answer, source). */
import { collection, expectOutcome, fill, findIds, refused, useDatabase, type Source } from './case-table';

useDatabase();

type Document = Record<string, unknown>;

describe.each(['plain', 'indexed'])('sorting, %s', name => {
  type Case = readonly [values: unknown[], source: Source];
  const MISSING = Symbol('missing');
  const CASES: readonly Case[] = [
    [[null, NaN, -1, 0, 1.5, Infinity], 'manual: Comparison/Sort Order, "Numeric Types"'],
    [[null, 1, 'a', { x: 1 }, false, true, new Date(1), /x/], 'manual: Comparison/Sort Order'],
    [
      ['', 'B', 'a', 'ab', 'é', '一', '\uffee', '😀'],
      'manual: Comparison/Sort Order, "Strings": simple binary comparison of UTF-8',
    ],
    [
      [{}, { a: 1 }, { a: 2 }, { a: 2, b: 0 }, { b: 1 }, { a: 'x' }],
      'manual: Comparison/Sort Order, "Objects": type, name, value',
    ],
    [
      [[], MISSING, [1], 2, [3, 4]],
      'manual: Comparison/Sort Order, "Arrays": an empty array is less than null or missing',
    ],
  ];
  test.each(CASES)('%j upwards and downwards (%s)', async values => {
    const documents = values.map((a, i) => (a === MISSING ? { _id: i } : { _id: i, a }));
    await fill([...documents].reverse(), name);

    const order = documents.map(({ _id }) => _id);
    expect(await findIds({}, name, ['a', 'asc'])).toEqual(order);
    expect(await findIds({}, name, ['a', 'desc'])).toEqual([...order].reverse());
  });

  test('an array counts by its least element upwards, by its greatest downwards (manual: sort, "Arrays")', async () => {
    await fill(
      [
        { _id: 1, a: [1, 9] },
        { _id: 2, a: 5 },
        { _id: 3, a: [3, 4] },
      ],
      name,
    );

    expect(await findIds({}, name, ['a', 'asc'])).toEqual([1, 3, 2]);
    expect(await findIds({}, name, ['a', 'desc'])).toEqual([1, 2, 3]);
  });

  test('documents in an array count by their fields (manual: sort)', async () => {
    await fill(
      [{ _id: 1, a: [{ b: 5 }, { b: 2 }] }, { _id: 2, a: { b: 3 } }, { _id: 3, a: [{ b: 4 }] }, { _id: 4 }],
      name,
    );

    expect(await findIds({}, name, ['a.b', 'asc'])).toEqual([4, 1, 2, 3]);
    expect(await findIds({}, name, ['a.b', 'desc'])).toEqual([1, 3, 2, 4]);
  });
});

describe('projections', () => {
  const DOCUMENT = { _id: 1, a: [1, 2, 3, 4], b: { c: 1, d: [{ e: 1, f: 2 }, 5, { e: 3 }] }, g: 'x' };
  type Case = readonly [projection: Document, expected: unknown, source: Source];
  const CASES: readonly Case[] = [
    [{ g: 1 }, { _id: 1, g: 'x' }, 'manual: Project Fields to Return, "_id"'],
    [{ g: 1, _id: 0 }, { g: 'x' }, 'manual: Project Fields to Return, "Suppress _id Field"'],
    [
      { g: 0, b: 0 },
      { _id: 1, a: [1, 2, 3, 4] },
      'manual: Project Fields to Return, "All But the Excluded Fields"',
    ],
    [{ _id: 0 }, { a: DOCUMENT.a, b: DOCUMENT.b, g: 'x' }, 'manual: Project Fields to Return'],
    [{ 'b.c': 1 }, { _id: 1, b: { c: 1 } }, 'manual: Project Fields to Return, "Embedded Documents"'],
    [
      { 'b.d.e': 1 },
      { _id: 1, b: { d: [{ e: 1 }, { e: 3 }] } },
      'manual: Project Fields to Return, "Documents in an Array"',
    ],
    [
      { 'b.d.e': 0, a: 0 },
      { _id: 1, b: { c: 1, d: [{ f: 2 }, 5, {}] }, g: 'x' },
      'manual: Project Fields to Return, "Suppress Embedded"',
    ],
    [{ b: { c: 1 } }, { _id: 1, b: { c: 1 } }, 'manual: Project Fields to Return, nested form'],
    [
      { a: { $slice: 2 } },
      { ...DOCUMENT, a: [1, 2] },
      'manual: $slice (projection): all other fields as well',
    ],
    [{ a: { $slice: -1 } }, { ...DOCUMENT, a: [4] }, 'manual: $slice (projection)'],
    [{ a: { $slice: [1, 2] } }, { ...DOCUMENT, a: [2, 3] }, 'manual: $slice (projection), skip and limit'],
    [{ a: { $slice: [-3, 2] } }, { ...DOCUMENT, a: [2, 3] }, 'manual: $slice (projection), negative skip'],
    [
      { a: { $slice: [-9, 2] } },
      { ...DOCUMENT, a: [1, 2] },
      'manual: $slice (projection), skip beyond the beginning',
    ],
    [{ a: { $slice: [9, 2] } }, { ...DOCUMENT, a: [] }, 'manual: $slice (projection), skip beyond the end'],
    [{ a: { $slice: 0 } }, { ...DOCUMENT, a: [] }, 'manual: $slice (projection)'],
    [{ g: { $slice: 1 } }, DOCUMENT, 'manual: $slice (projection): what is no array stays'],
    [
      { 'b.d': { $slice: 1 } },
      { ...DOCUMENT, b: { c: 1, d: [{ e: 1, f: 2 }] } },
      'manual: $slice (projection) of an embedded array',
    ],
    [
      { a: { $slice: 1 }, g: 0 },
      { _id: 1, a: [1], b: DOCUMENT.b },
      'manual: $slice (projection) in an exclusion',
    ],
    [{ a: { $slice: 1 }, g: 1, _id: 1 }, { _id: 1, g: 'x' }, 'server: in an inclusion $slice adds no field'],
    [{ a: { $slice: [1, 0] } }, refused(/must be positive/), 'server: $slice'],
    [{ a: { $slice: 'x' } }, refused(/\$slice/), 'server: $slice'],
    [
      { a: { $elemMatch: { $gt: 2 } } },
      { _id: 1, a: [3] },
      'manual: $elemMatch (projection): the first that matches',
    ],
    [{ a: { $elemMatch: { $gt: 9 } }, g: 1 }, { _id: 1, g: 'x' }, 'manual: $elemMatch (projection)'],
    [{ 'a.$': 1 }, { _id: 1, a: [3] }, 'manual: $ (projection): the first that met the query'],
    [
      { g: 1, a: 0 },
      refused(/inclusion and exclusion/),
      'manual: Project Fields to Return: no mixture but of _id',
    ],
    [{ b: 1, 'b.c': 1 }, refused(/collision/), 'manual: Path Collision'],
    [
      { a: { $meta: 'textScore' } },
      refused(/\$meta is not supported/),
      'local database: what is missing is named',
    ],
  ];
  test.each(CASES)('%j gives %j (%s)', async (projection, expected) => {
    await fill([DOCUMENT]);
    const find = async () => {
      const { data } = await collection()
        .where({ a: { $gte: 3 } })
        .field(projection as never)
        .get();
      return (data as Document[])[0];
    };
    await expectOutcome(find, expected);
  });
});
