/** `$lookup` with `let` and `pipeline`: served by indexes, and always what the stages find without them. */
import type { CollectionDefinition } from '../../../local/cloud/database/admin-protocol';
import type { Document } from '../../../local/cloud/database/document-values';
import { Engine } from '../../../local/cloud/database/engine';
import type { PipelineLookup } from '../../../local/cloud/database/lookup';
import { compileExpression } from '../../../local/cloud/database/operators/expressions/compile';
import {
  compileStages,
  type StageContext,
  type StageRun,
} from '../../../local/cloud/database/operators/stages';
import { builtFile, createRandom, createTemporaryDirectory, failureOf } from './local-database';
import { startLocalDatabase, type LocalDatabase, type TemporaryDirectory } from './local-database';

let directory: TemporaryDirectory;
beforeAll(() => (directory = createTemporaryDirectory()));
afterAll(() => directory.remove());

describe('random pipelines', () => {
  const ROUNDS = 5;
  const PIPELINES = 40;
  const ROWS = 80;
  const COLLECTIONS: CollectionDefinition[] = [
    { name: 'local', indexes: [{ name: 'k', keys: [['k', 1]] }] },
    {
      name: 'foreign',
      indexes: [
        { name: 'a', keys: [['a', 1]] },
        {
          name: 'a_id',
          keys: [
            ['a', 1],
            ['_id', -1],
          ],
        },
        { name: 'x', keys: [['n.x', 1]], sparse: true },
      ],
    },
  ];
  const VARIABLES = { p: '$k', q: '$n.x', r: '$list', s: { $concat: ['s', '1'] } };

  /** @param isWild values of every type, arrays and objects included; else one type and missing ones */
  function createGenerator(seed: number, isWild: boolean) {
    const random = createRandom(seed);
    const choose = <Item>(items: readonly Item[]): Item => items[random.below(items.length)] as Item;
    const plain = () => (random.chance(0.15) ? undefined : `s${random.below(4)}`);
    const wild = () =>
      choose<unknown>([
        plain(),
        random.below(3),
        null,
        [`s${random.below(3)}`],
        { z: 1 },
        new Date(1e12),
        true,
      ]);
    const value = () => (isWild ? wild() : plain());
    const present = (document: Document) =>
      Object.fromEntries(Object.entries(document).filter(([, field]) => field !== undefined));
    const document = (i: number): Document =>
      present({
        _id: `k${String(i).padStart(3, '0')}`,
        a: value(),
        b: value(),
        k: value(),
        list: random.chance(0.8) ? [`s${random.below(4)}`, `s${random.below(4)}`] : undefined,
        n: present({ x: value() }),
      });

    const field = () => choose(['$a', '$b', '$n.x', '$_id']);
    const operand = () => choose<unknown>(['$$p', '$$q', '$$s', { $literal: 's2' }, 's3', null, '$b']);
    const expression = (): Document =>
      choose<() => Document>([
        () => ({ $eq: [field(), operand()] }),
        () => ({ $eq: [operand(), field()] }),
        () => ({ $and: [{ $eq: [field(), operand()] }, { $eq: [field(), operand()] }] }),
        () => ({ $or: [{ $eq: [field(), operand()] }, { $eq: [field(), operand()] }] }),
        () => ({ $in: [field(), { $ifNull: ['$$r', []] }] }),
        () => ({ $in: [field(), ['s1', 's2']] }),
        () => ({ $ne: [field(), operand()] }),
        () => ({ $gt: [field(), operand()] }),
        () => ({ $let: { vars: { p: 's1' }, in: { $eq: [field(), '$$p'] } } }),
      ])();
    const constants = (): Document =>
      choose<() => Document>([
        () => ({ a: choose(['s1', 's2']) }),
        () => ({ _id: { $lt: `k0${10 + random.below(80)}` } }),
        () => ({ b: { $in: ['s1', 's3'] }, _id: { $gt: 'k020' } }),
        () => ({ $and: [{ $expr: expression() }, { a: { $ne: 's0' } }] }),
      ])();
    const match = () => ({ $match: random.chance(0.6) ? { $expr: expression() } : constants() });
    const inner = (): Document[] => [
      ...Array.from({ length: random.below(4) }, match),
      { $sort: { _id: choose([1, -1]) } },
      ...(random.chance(0.3) ? [{ $skip: 1 + random.below(3) }] : []),
      ...(random.chance(0.7) ? [{ $limit: 1 + random.below(6) }] : []),
      ...(random.chance(0.3) ? [match()] : []),
      ...(random.chance(0.3) ? [{ $project: { a: 1, same: { $eq: ['$a', '$$p'] } } }] : []),
    ];
    const lookup = (as: string): Document => ({
      $lookup: { from: 'foreign', let: VARIABLES, pipeline: inner(), as },
    });
    const pipeline = (): Document[] => [
      { $match: { _id: { $lt: `k0${20 + random.below(50)}` } } },
      ...(random.chance(0.5) ? [{ $match: { $expr: { $eq: ['$k', 's1'] } } }] : []),
      { $sort: { _id: 1 } },
      { $limit: 1 + random.below(4) },
      lookup('one'),
      ...(random.chance(0.4) ? [lookup('two')] : []),
    ];
    return { document, pipeline };
  }

  /** The stages alone, with the whole collection in memory. */
  function runPlain(collections: Record<string, Document[]>, stages: Document[]): Document[] {
    const plainLookup = (spec: unknown): StageRun => {
      const { from, let: variables = {}, pipeline, as } = spec as PipelineLookup;
      const context: StageContext = { variables: Object.keys(variables), lookup: plainLookup };
      const evaluate = compileExpression(variables);
      const run = compileStages(pipeline, context);
      return function* (input) {
        for (const root of input) {
          const values = evaluate({ root, variables: {} }) as Document;
          yield { ...root, [as]: [...run(structuredClone(collections[from] ?? []), values)] };
        }
      };
    };
    const run = compileStages(stages, { variables: [], lookup: plainLookup });
    return [...run(collections.local ?? [], {})];
  }

  test.each([
    ['of values of one type', false],
    ['of values of every type', true],
  ])('%s answer what the stages alone answer', async (_, isWild) => {
    const differences: string[] = [];
    let rows = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const generate = createGenerator(500 + round, isWild);
      const file = `${directory.path}/${String(isWild)}${round}.db`;
      const engine = new Engine({ file, log: () => undefined });
      engine.applyCollections(COLLECTIONS);
      const documents = () => Array.from({ length: ROWS }, (__, i) => generate.document(i));
      const collections = { local: documents(), foreign: documents() };
      await engine.insert('local', collections.local);
      await engine.insert('foreign', collections.foreign);
      for (let i = 0; i < PIPELINES; i++) {
        const stages = generate.pipeline();
        const actual = (await engine.aggregate('local', stages, 100)).map(text => JSON.parse(text) as object);
        const expected = runPlain(structuredClone(collections), stages);
        const [one, other] = [asText(actual), asText(expected)];
        if (one !== other) differences.push(`${JSON.stringify(stages)}\n${one}\n${other}`);
        rows += expected.flatMap(({ one: found }) => found as Document[]).length;
      }
      await engine.close();
    }

    expect(differences).toEqual([]);
    expect(rows).toBeGreaterThan(ROUNDS * PIPELINES);
  });

  /** Dates as the engine writes them, and fields in one order. */
  const asText = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) => {
      if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
      if ('$date' in part) return new Date((part as { $date: number }).$date).toISOString();
      return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
    });
});

describe('the account and a page of its vouchers, in one request', () => {
  const VOUCHERS = 5000;
  const COLLECTIONS: CollectionDefinition[] = [
    { name: 'accounts', indexes: [] },
    {
      name: 'vouchers',
      indexes: [
        {
          name: 'person',
          keys: [
            ['personKey', 1],
            ['_id', -1],
          ],
        },
        {
          name: 'class',
          keys: [
            ['classId', 1],
            ['status', 1],
            ['_id', -1],
          ],
        },
      ],
    },
  ];
  let local: LocalDatabase;
  beforeAll(async () => {
    local = await startLocalDatabase({
      collections: COLLECTIONS,
      workerProgram: builtFile('aggregate-worker.js'),
      // so that a pipeline that is sent to a worker fails
      workers: 0,
    });
    await local.engine.insert('accounts', [{ _id: 'oAlice', personKey: 'p1', signedInUntilMs: 2000 }]);
    await local.engine.insert(
      'vouchers',
      Array.from({ length: VOUCHERS }, (_, i) => ({
        _id: `v${String(i).padStart(5, '0')}`,
        personKey: `p${i % 2}`,
        classId: `c${i % 3}`,
        status: i % 5 ? 'issued' : 'used',
      })),
    );
  });
  afterAll(() => local.stop());

  const { gt, lt } = { gt: (value: number) => ({ $gt: value }), lt: (value: string) => ({ $lt: value }) };
  const account = [{ $match: { _id: 'oAlice' } }, { $match: { signedInUntilMs: gt(1000) } }];
  const ofPerson = {
    from: 'vouchers',
    let: { personKey: '$personKey' },
    pipeline: [
      { $match: { $expr: { $eq: ['$personKey', '$$personKey'] } } },
      { $match: { _id: lt('v04000') } },
      { $sort: { _id: -1 } },
      { $limit: 21 },
    ],
    as: 'rows',
  };
  const ofClass = {
    from: 'vouchers',
    pipeline: [{ $match: { classId: 'c1', status: 'issued' } }, { $sort: { _id: -1 } }, { $limit: 1 }],
    as: 'newest',
  };

  test('is read from the indexes, at once, without a scan', async () => {
    const stages = [...account, { $limit: 1 }, { $lookup: ofPerson }, { $lookup: ofClass }];

    const [answer] = await Promise.race([local.engine.aggregate('accounts', stages, 20), neverAnswered()]);

    const { rows, newest } = JSON.parse(answer ?? '{}') as Record<'rows' | 'newest', { _id: string }[]>;
    expect(rows.map(({ _id }) => _id)).toEqual(Array.from({ length: 21 }, (_, i) => `v0${3999 - 2 * i}`));
    expect(newest).toEqual([{ _id: 'v04999', personKey: 'p1', classId: 'c1', status: 'issued' }]);
    expect(local.engine.audit.list()).toEqual([]);
  });

  test('is read at once with as many lists as do not divide what may be read', async () => {
    const sorted = (as: string) => ({
      from: 'vouchers',
      pipeline: [
        { $match: { classId: 'c1', status: 'used', _id: lt('v00100') } },
        { $sort: { personKey: 1, _id: 1 } },
        { $limit: 1 },
      ],
      as,
    });
    const lookups = ['first', 'second', 'third'].map(as => ({ $lookup: sorted(as) }));

    const [answer] = await Promise.race([
      local.engine.aggregate('accounts', [...account, { $limit: 1 }, ...lookups], 20),
      neverAnswered(),
    ]);

    const found = { _id: 'v00010', personKey: 'p0', classId: 'c1', status: 'used' };
    expect(JSON.parse(answer ?? '{}')).toMatchObject({ first: [found], second: [found], third: [found] });
  });

  test('reads nothing of the vouchers when the account does not match', async () => {
    const expired = [{ $match: { _id: 'oAlice', signedInUntilMs: gt(3000) } }, { $lookup: ofPerson }];

    expect(await Promise.race([local.engine.aggregate('accounts', expired, 20), neverAnswered()])).toEqual(
      [],
    );
  });

  test('reaches the database through the SDK', async () => {
    const { command } = local.db;
    const { aggregate: $ } = command;
    const answer = await local.db
      .collection('accounts')
      .aggregate()
      .match({ _id: 'oAlice', signedInUntilMs: command.gt(1000) })
      .lookup({
        from: 'vouchers',
        let: { personKey: '$personKey' },
        pipeline: $.pipeline()
          .match(command.expr($.eq(['$personKey', '$$personKey'])))
          .match({ _id: command.lt('v00004') })
          .sort({ _id: -1 })
          .limit(21)
          .done(),
        as: 'rows',
      })
      .end();

    const [found] = answer.data as { rows: { _id: string }[] }[];
    expect(found?.rows.map(({ _id }) => _id)).toEqual(['v00003', 'v00001']);
  });

  test('a field that no index serves is reported', async () => {
    const byStatus = { ...ofClass, pipeline: [{ $match: { status: 'used' } }, { $limit: 5000 }] };
    const engine = new Engine({ file: `${directory.path}/scan.db`, log: () => undefined });
    engine.applyCollections(COLLECTIONS);
    await engine.insert('accounts', [{ _id: 'oAlice' }]);
    await engine.insert(
      'vouchers',
      Array.from({ length: VOUCHERS }, (_, i) => ({ _id: `v${i}`, status: 'used' })),
    );

    await engine.aggregate('accounts', [{ $lookup: byStatus }], 20);

    expect(engine.audit.list()).toEqual([{ collection: 'vouchers', shape: 'status', count: 1 }]);
    await engine.close();
  });

  test('a lookup by fields and by a pipeline at once is refused', async () => {
    const both = { ...ofPerson, localField: 'personKey', foreignField: 'personKey' };

    const failure = await failureOf(local.engine.aggregate('accounts', [...account, { $lookup: both }], 20));

    expect(failure.message).toContain("'pipeline'");
  });

  /** A worker that does not exist would never answer. */
  const neverAnswered = () =>
    new Promise<never>((_, reject) => {
      setImmediate(() => setImmediate(() => reject(new Error('not answered at once'))));
    });
});
