/** The planner and its indexes against the operators alone: no query may lose or invent a row. */
import type { CollectionDefinition } from '../../../local/cloud/database/admin-protocol';
import type { Document } from '../../../local/cloud/database/document-values';
import { Engine } from '../../../local/cloud/database/engine';
import { compileQuery } from '../../../local/cloud/database/operators/query';
import { compileSort } from '../../../local/cloud/database/operators/sorting';
import { createRandom, createTemporaryDirectory, type TemporaryDirectory } from './local-database';

const ROUNDS = 12;
const QUERIES = 60;
const ROWS = 120;
const FIELDS = ['a', 'b', 'd', 'n.x'];
const COLLECTION: CollectionDefinition = {
  name: 'c',
  indexes: [
    { name: 'a', keys: [['a', 1]] },
    {
      name: 'ab',
      keys: [
        ['a', 1],
        ['b', -1],
      ],
    },
    { name: 'x', keys: [['n.x', 1]], sparse: true },
    {
      name: 'da_id',
      keys: [
        ['d', 1],
        ['a', 1],
        ['_id', 1],
      ],
    },
    { name: 'u', keys: [['u', 1]], unique: true, sparse: true },
  ],
};
const SORTS = [
  { a: 1 },
  { a: -1 },
  { a: 1, b: -1 },
  { d: 1, a: 1 },
  { _id: 1 },
  { _id: -1 },
  { b: 1, d: -1 },
];

let directory: TemporaryDirectory;
beforeAll(() => (directory = createTemporaryDirectory()));
afterAll(() => directory.remove());

/** How wild the values of a round are: one type each, several scalar types, or arrays and objects too. */
type Variety = 'single' | 'scalars' | 'any';

function createGenerator(seed: number, variety: Variety) {
  const random = createRandom(seed);
  const choose = <Item>(items: readonly Item[]): Item => items[random.below(items.length)] as Item;
  const mixed = () =>
    choose<() => unknown>([
      () => random.below(5),
      () => `s${random.below(4)}`,
      () => null,
      () => new Date(1e12 + random.below(4)),
      () => random.chance(0.5),
      () => [random.below(3), 's1'],
      () => ({ z: random.below(2) }),
      () => undefined,
      () => random.below(3) + 0.5,
      () => NaN,
    ])();
  const plain = () => (random.chance(0.1) ? undefined : random.below(6));
  const value = () => {
    const made = variety === 'single' ? plain() : mixed();
    return variety === 'scalars' && typeof made === 'object' && !(made instanceof Date) ? null : made;
  };
  const without = (document: Document) => {
    for (const key of Object.keys(document)) if (document[key] === undefined) delete document[key];
    return document;
  };

  const document = (i: number): Document =>
    without({
      _id: `k${i}`,
      a: value(),
      b: value(),
      d: value(),
      u: random.chance(0.5) ? i : undefined,
      n: without({ x: value() }),
    });

  const condition = (): unknown => {
    const [one = null, other = null] = [value(), value()];
    return choose<unknown>([
      one,
      { $gt: one },
      { $lte: one },
      { $in: [one, other] },
      { $ne: one },
      { $nin: [one, other] },
      { $exists: random.chance(0.5) },
      { $gte: one, $lt: other },
    ]);
  };

  const flatQuery = (): Document => {
    const query: Document = {};
    for (const field of FIELDS) if (random.chance(0.4)) query[field] = condition();
    const id = () => `k${random.below(ROWS)}`;
    if (random.chance(0.15)) query._id = choose<unknown>([{ $gt: id() }, { $in: [id(), id()] }, id()]);
    if (random.chance(0.1)) query.u = choose<unknown>([random.below(ROWS), { $in: [1, 2, 3] }, null]);
    return query;
  };

  const query = (): Document => {
    if (random.chance(0.15)) return { $or: [flatQuery(), { a: random.below(4) }] };
    return random.chance(0.15) ? { $and: [flatQuery(), flatQuery()] } : flatQuery();
  };
  return { document, query, sort: () => (random.chance(0.5) ? choose(SORTS) : undefined) };
}

const idsOf = (documents: readonly Document[]) => documents.map(({ _id }) => _id);
const read = async (engine: Engine, request: Parameters<Engine['find']>[1]) =>
  (await engine.find('c', request)).map(text => (JSON.parse(text) as { _id: string })._id);

interface Comparison {
  readonly documents: Document[];
  readonly engine: Engine;
  readonly query: Document;
  readonly sort: Record<string, number> | undefined;
  /** Arrays have no one place in an order, so order is compared only where it means something. */
  readonly isOrderMeaningful: boolean;
}

/** What the engine answers and what the operators answer, as text, where they differ. */
async function differences({
  documents,
  engine,
  query,
  sort,
  isOrderMeaningful,
}: Comparison): Promise<string[]> {
  const request = sort ? { query, sort } : { query };
  const expected = documents.filter(document => compileQuery(query)(document));
  const found = await read(engine, request);
  const pairs: [string, unknown, unknown][] = [
    ['rows', [...found].sort(), idsOf(expected).sort()],
    ['count', await engine.count('c', query), expected.length],
    ['page', await read(engine, { ...request, skip: 3, limit: 10 }), found.slice(3, 13)],
  ];
  if (sort && isOrderMeaningful) {
    pairs.push(['order', keysInOrder(documents, found, sort), sortedKeys(expected, sort)]);
  }
  return pairs
    .filter(([, actual, wanted]) => JSON.stringify(actual) !== JSON.stringify(wanted))
    .map(
      ([what, actual, wanted]) =>
        `${what} of ${JSON.stringify(request)}: ${JSON.stringify([actual, wanted])}`,
    );
}

test('random queries find exactly what the operators find, most of them by an index', async () => {
  const found: string[] = [];
  let indexed = 0;
  let ordered = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const variety = (['single', 'scalars', 'any'] as const)[round % 3] ?? 'any';
    const generate = createGenerator(1000 + round, variety);
    const engine = new Engine({ file: `${directory.path}/${round}.db`, log: () => undefined });
    engine.applyCollections([COLLECTION]);
    const documents = Array.from({ length: ROWS }, (_, i) => generate.document(i));
    await engine.insert('c', documents);
    for (let i = 0; i < QUERIES; i++) {
      const [query, sort] = [generate.query(), generate.sort()];
      found.push(
        ...(await differences({ documents, engine, query, sort, isOrderMeaningful: variety === 'single' })),
      );
      const plan = engine.explain('c', sort ? { query, sort } : { query });
      if (plan.index) indexed++;
      if (plan.isOrderedByIndex && sort) ordered++;
    }
    await engine.close();
  }

  expect(found).toEqual([]);
  expect(indexed).toBeGreaterThan((ROUNDS * QUERIES) / 3);
  expect(ordered).toBeGreaterThan(ROUNDS * 5);
});

const keysOf = (document: Document | undefined, sort: object) =>
  Object.keys(sort).map(key => document?.[key] ?? null);

function keysInOrder(documents: readonly Document[], ids: readonly string[], sort: object) {
  const byId = new Map(documents.map(document => [document._id, document]));
  return ids.map(id => keysOf(byId.get(id), sort));
}

const sortedKeys = (documents: Document[], sort: Record<string, number>) =>
  compileSort(sort)(documents).map(document => keysOf(document, sort));

describe('the choice of an index', () => {
  const VOUCHERS: CollectionDefinition = {
    name: 'vouchers',
    indexes: [
      { name: 'code', keys: [['code', 1]], unique: true, sparse: true },
      { name: 'status', keys: [['status', 1]] },
      {
        name: 'export',
        keys: [
          ['status', 1],
          ['cityCode', 1],
          ['_id', 1],
        ],
      },
      { name: 'tags', keys: [['tags', 1]] },
    ],
  };
  let engine: Engine;
  beforeAll(async () => {
    engine = new Engine({ file: `${directory.path}/choice.db`, log: () => undefined });
    engine.applyCollections([VOUCHERS]);
    await engine.insert('vouchers', [
      { _id: 'v1', code: 'c1', status: 'issued', cityCode: '3701', tags: ['x'] },
    ]);
  });
  afterAll(() => engine.close());
  const chosen = (query: Document, sort?: Record<string, number>) =>
    engine.explain('vouchers', sort ? { query, sort } : { query });

  test('one id or a list of ids wins over everything else', () => {
    expect(chosen({ _id: 'v1', status: 'issued' })).toMatchObject({ index: '_id_', isBounded: true });
    expect(chosen({ _id: { $in: ['v1', 'v2'] }, status: 'issued', cityCode: '3701' })).toMatchObject({
      index: '_id_',
      isBounded: true,
      rechecked: [],
    });
  });

  test('a whole unique key wins over a prefix of another index', () => {
    expect(chosen({ code: 'c1', status: 'issued', cityCode: '3701' })).toMatchObject({
      index: 'code',
      isBounded: true,
    });
  });

  test('paging by _id within a status and a city stays in one index', () => {
    expect(chosen({ status: 'issued', cityCode: '3701', _id: { $gt: 'v0' } }, { _id: 1 })).toEqual({
      index: 'export',
      isOrderedByIndex: true,
      isBounded: false,
      rechecked: [],
    });
  });

  test('an index over a path that held an array is not used', () => {
    expect(chosen({ tags: 'x' })).toMatchObject({ index: null, rechecked: ['tags'] });
  });
});
