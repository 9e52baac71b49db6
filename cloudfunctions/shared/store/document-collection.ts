import { PAGE_SIZE, type Page } from '../../../miniprogram/contract/paging';
import { attempt, isDuplicateKey } from './attempt';
import type { CollectionName } from './collections';
import { collection, command } from './database';
import { CALLER, JoinedRead, type Join, type Pipeline } from './joined-read';
import {
  above,
  below,
  fromRecord,
  increasedBy,
  oneOf,
  toQuery,
  toRecord,
  toUpdate,
  type Changes,
  type Lead,
  type Path,
  type Query,
  type Stored,
  type Where,
} from './query';

/** Most documents in one read or write of many: the service's own limit on a read. */
export const CHUNK_MAX = 1000;

/** Which documents, in which order: that of the ids unless `by` says otherwise. */
interface ListOptions<T, W> {
  where: W;
  /** Last value of the ordering field on the page before. */
  cursor?: string | undefined;
  order?: 'asc' | 'desc';
  by?: Path<T>;
  limit?: number;
}

/** The same for work that takes so many at a time and goes on after them. Where all are meant: `readAll`, `walk`. */
interface ReadOptions<T, W> extends ListOptions<T, W> {
  /** At most CHUNK_MAX. */
  limit: number;
}

interface PageOptions {
  /** Last id of the page before. */
  cursor?: string | undefined;
  order?: 'asc' | 'desc';
  limit?: number;
}

/** One collection of versioned documents, for reading: the same few requests for all of them. */
export class ReadableCollection<T extends Stored, Name extends CollectionName> {
  constructor(readonly name: Name) {}

  async find(id: T['id']): Promise<T | undefined> {
    const [first] = await this.#get({ where: { _id: id }, limit: 1 });
    return first;
  }

  async findWhere<const W extends Where<T>>(where: Query<W, T, Name>): Promise<T | undefined> {
    const [first] = await this.#get({ where, limit: 1 });
    return first;
  }

  /** Those of the ids that exist, in no order. */
  async findMany(ids: readonly T['id'][]): Promise<T[]> {
    const found = await Promise.all(
      chunksOf(ids).map(chunk => this.#get({ where: { _id: oneOf(chunk) }, limit: chunk.length })),
    );
    return found.flat();
  }

  /** All that meet the conditions, however many they are, in the order of their ids. */
  async readAll<const W extends Where<T>>(where: Query<W, T, Name> & WithoutId): Promise<T[]> {
    const all: T[] = [];
    for await (const chunk of this.#chunks(where, CHUNK_MAX)) all.push(...chunk);
    return all;
  }

  /** The same chunk by chunk, for work that is done with one before it needs the next. */
  walk<const W extends Where<T>>(
    where: Query<W, T, Name> & WithoutId,
    limit = CHUNK_MAX,
  ): AsyncGenerator<T[], void> {
    return this.#chunks(where, limit);
  }

  /** A page in the order of ids: newest first unless asked otherwise, since ids begin with their time. */
  async list<const W extends Where<T>>(options: ListOptions<T, Query<W, T, Name>>): Promise<Page<T>> {
    return this.page(options);
  }

  /** The same for who may see everything. */
  async listAll(options: Omit<ListOptions<T, never>, 'where'>): Promise<Page<T>> {
    return this.page({ ...options, where: {} });
  }

  async read<const W extends Where<T>>(options: ReadOptions<T, Query<W, T, Name>>): Promise<T[]> {
    return this.#get(options);
  }

  /** Ids alone, in ascending order: for work that needs nothing else of its documents. */
  async readIds<const W extends Where<T>>({
    where,
    cursor,
    limit,
  }: Omit<ReadOptions<T, Query<W, T, Name>>, 'order' | 'by'>): Promise<T['id'][]> {
    const { data } = await attempt(() =>
      collection(this.name)
        .where(toQuery({ ...where, ...(cursor !== undefined && { _id: above(cursor) }) }))
        .orderBy('_id', 'asc')
        .field({ _id: true })
        .limit(limit)
        .get(),
    );
    return (data as { _id: T['id'] }[]).map(({ _id }) => _id);
  }

  async count<const W extends Where<T>>(where: Query<W, T, Name>): Promise<number> {
    const { total } = await attempt(() => collection(this.name).where(toQuery(where)).count());
    return total as number;
  }

  /** Documents, few, that are read together with the caller's account. */
  join<const W extends Where<T>>({
    where,
    by = '_id',
    limit,
  }: {
    where: Query<W, T, Name>;
    /** The field by which they are ordered, the highest first. */
    by?: Path<T>;
    limit: number;
  }): Join {
    const query = toQuery(where);
    return {
      from: this.name,
      stages: pipeline =>
        pipeline
          .match(query)
          .sort({ [by]: -1 })
          .limit(limit),
    };
  }

  /** All that meet the conditions, for a later stage to sum up. */
  joinAll<const W extends Where<T>>(where: Query<W, T, Name>): Join {
    const query = toQuery(where);
    return { from: this.name, stages: pipeline => pipeline.match(query) };
  }

  /** A page in the order of ids that is read together with the caller's account. */
  joinedPage<const W extends Where<T>>(
    options: PageOptions & { where: Query<W, T, Name> },
  ): JoinedRead<Page<T>, 'rows'> {
    return this.joined(options, pipeline => pipeline.match(toQuery(options.where)));
  }

  /** The same of the documents whose `field` names the caller. */
  joinedPageOfCaller(
    field: Path<T> & Lead<Name>,
    { where = {}, ...options }: PageOptions & { where?: Where<T> },
  ): JoinedRead<Page<T>, 'rows'> {
    const isTheirs = command.expr(command.aggregate.eq([`$${field}`, CALLER]));
    const query = toQuery(where);
    return this.joined(options, pipeline => {
      const theirs = pipeline.match(isTheirs);
      return Object.keys(query).length > 0 ? theirs.match(query) : theirs;
    });
  }

  /** An aggregation of the SDK over the documents that meet the conditions. */
  aggregate<const W extends Where<T>>(where: Query<W, T, Name>) {
    return collection(this.name).aggregate().match(toQuery(where));
  }

  protected joined(
    { cursor, order = 'desc', limit = PAGE_SIZE }: PageOptions,
    from: (pipeline: Pipeline) => Pipeline,
  ): JoinedRead<Page<T>, 'rows'> {
    const isAfter =
      cursor === undefined ? {} : toQuery({ _id: order === 'desc' ? below(cursor) : above(cursor) });
    const stages = (pipeline: Pipeline): Pipeline =>
      from(pipeline)
        .match(isAfter)
        .sort({ _id: order === 'desc' ? -1 : 1 })
        .limit(limit + 1);
    return new JoinedRead({ rows: { from: this.name, stages } }, ({ rows }) =>
      toPage(rows.map(fromRecord<T>), limit, ({ id }) => id),
    );
  }

  protected async page({ limit = PAGE_SIZE, ...options }: ListOptions<T, object>): Promise<Page<T>> {
    const rows = await this.#get({ order: 'desc', ...options, limit: limit + 1 });
    return toPage(rows, limit, row => row.id);
  }

  async *#chunks(where: object, limit: number): AsyncGenerator<T[], void> {
    let cursor: string | undefined;
    do {
      const chunk: T[] = await this.#get({ where, cursor, order: 'asc', limit });
      if (chunk.length > 0) yield chunk;
      cursor = chunk.length === limit ? chunk.at(-1)?.id : undefined;
    } while (cursor !== undefined);
  }

  async #get({ where, cursor, order, by = '_id', limit }: ReadOptions<T, object>): Promise<T[]> {
    const from = cursor === undefined ? {} : { [by]: order === 'desc' ? below(cursor) : above(cursor) };
    const query = toQuery({ ...where, ...from });
    const { data } = await attempt(() => {
      const found = collection(this.name).where(query);
      return (order ? found.orderBy(by, order) : found).limit(limit).get();
    });
    return data.map(record => fromRecord<T>(record as Record<string, unknown>));
  }
}

/** A walk goes by the ids, so they are no condition of its own. */
interface WithoutId {
  readonly _id?: never;
}

/** Parts that one read or write can take. */
export const chunksOf = <Item>(items: readonly Item[], size = CHUNK_MAX): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

/** A page out of rows of which one more was read than it holds. */
export function toPage<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, nextCursor: cursorOf(last) } : { items };
}

/** The same with what changes a collection. Documents with a life of their own are changed by its steps instead. */
export class DocumentCollection<T extends Stored, Name extends CollectionName> extends ReadableCollection<
  T,
  Name
> {
  /** @returns false when the id, or a unique key, is taken already. */
  async insert(document: T): Promise<boolean> {
    return insertMany(this.name, [document]);
  }

  /** {@link insertMany} */
  async insertMany(documents: readonly T[]): Promise<boolean> {
    return insertMany(this.name, documents);
  }

  /** Writes the document whether or not there is one of this id. */
  async put({ id, ...document }: T): Promise<void> {
    await attempt(() => collection(this.name).doc(id).set(document));
  }

  /**
   * Compare-and-set: writes only if nobody else has since `before` was read, and raises the version.
   * @returns false when somebody has, or when this very write was made by an attempt whose answer was lost.
   */
  async save(before: T, changes: Partial<Omit<T, 'id' | 'version'>>): Promise<boolean> {
    return (await updateWhere(this.name, { _id: before.id, version: before.version }, changes)) === 1;
  }

  /** Writes to every document that meets the conditions. @returns how many were changed. */
  async update<const W extends Where<T>>(where: Query<W, T, Name>, changes: Changes<T>): Promise<number> {
    return updateWhere(this.name, where, changes);
  }

  async remove<const W extends Where<T>>(where: Query<W, T, Name>): Promise<number> {
    const { deleted } = await attempt(() => collection(this.name).where(toQuery(where)).remove());
    return deleted as number;
  }
}

async function updateWhere(name: CollectionName, where: object, changes: object): Promise<number> {
  const update = toUpdate({ ...changes, version: increasedBy(1) });
  const { updated } = await attempt(() => collection(name).where(toQuery(where)).update(update));
  return updated as number;
}

/**
 * At most CHUNK_MAX documents in one request.
 * @returns false when one of them was there already; how many of the others were stored is then unknown,
 * so a caller looks which are missing and inserts those.
 */
export async function insertMany(name: CollectionName, documents: readonly Stored[]): Promise<boolean> {
  if (documents.length === 0) return true;
  try {
    await attempt(() => collection(name).add(documents.map(toRecord)));
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
