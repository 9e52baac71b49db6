/** Runs tables of cases through the unmodified SDK: each says a call, what comes of it, and where that is written. */
import type { CollectionDefinition } from '../../../../local/cloud/database/admin-protocol';
import { failureOf, startLocalDatabase, type LocalDatabase } from '../local-database';

type Document = Record<string, unknown>;

/** A page of MongoDB's manual, or a test of its server, with what it says there. */
export type Source = string;

/** The call has to fail, with a message that has this in it. */
export class Refused {
  constructor(readonly message: RegExp) {}
}
export const refused = (message = /./) => new Refused(message);

/** Collections that every table may use: without indexes, with a plain, a sparse and a unique one. */
const COLLECTIONS: CollectionDefinition[] = [
  { name: 'plain', indexes: [] },
  {
    name: 'indexed',
    indexes: [
      { name: 'a', keys: [['a', 1]] },
      { name: 'ab', keys: [['a.b', 1]] },
    ],
  },
  { name: 'sparse', indexes: [{ name: 'ab', keys: [['a.b', 1]], sparse: true }] },
  { name: 'unique', indexes: [{ name: 'u', keys: [['v', 1]], unique: true, sparse: true }] },
  { name: 'other', indexes: [] },
];

let local: LocalDatabase;

/** Starts a database for the tests of a file. */
export function useDatabase(): void {
  beforeAll(async () => {
    local = await startLocalDatabase({ collections: COLLECTIONS });
  });
  afterAll(() => local.stop());
}

/** Raw, so that queries, updates and stages reach the database as they are written. */
export const collection = (name = 'plain') => local.db.collection(name).options({ raw: true });

export const database = () => local.db;

export async function fill(documents: readonly Document[], name = 'plain'): Promise<void> {
  await local.db.collection(name).where({}).remove();
  if (documents.length) await local.db.collection(name).add([...documents]);
}

/** Compares what a call answers with what is expected, a refusal included. */
export async function expectOutcome(call: () => Promise<unknown>, expected: unknown): Promise<void> {
  if (!(expected instanceof Refused)) return expect(await call()).toEqual(expected);
  const failure = await failureOf(call());
  expect(failure.message).toMatch(expected.message);
  expect(failure.code).toBe('DATABASE_REQUEST_FAILED');
}

/** Ids found, in the order of a sort or in their own. */
export async function findIds(
  query: Document,
  name = 'plain',
  sort?: [string, 'asc' | 'desc'],
): Promise<unknown[]> {
  const found = collection(name).where(query);
  const { data } = await (sort ? found.orderBy(...sort) : found).get();
  const ids = (data as Document[]).map(({ _id }) => _id);
  return sort ? ids : ids.sort((one, other) => (Number(one) || 0) - (Number(other) || 0));
}

export async function aggregate(stages: readonly Document[], name = 'plain'): Promise<Document[]> {
  const { data } = await collection(name)
    .aggregate([...stages] as never)
    .end();
  return data as Document[];
}

/** The value of an expression for one document; undefined where it is missing. */
export async function evaluate(document: Document, expression: unknown): Promise<unknown> {
  await fill([{ _id: 1, ...document }]);
  const [made] = await aggregate([{ $project: { _id: 0, r: expression } }]);
  return made?.r;
}
