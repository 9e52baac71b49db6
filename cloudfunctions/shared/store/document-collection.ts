import { PAGE_SIZE, type Page } from '../../../miniprogram/contract/paging';
import { attempt, isDuplicateKey } from './attempt';
import type { CollectionName } from './collections';
import { collection, command } from './database';

/** What every stored document has: its id, and a number that each write raises. */
export interface Stored {
  id: string;
  version: number;
}

type Fields = Readonly<Record<string, unknown>>;
type RecordOf<T> = Omit<T, 'id'> & { _id: string };

/** Most documents in one read or write of many: the service's own limit on a read. */
export const CHUNK_MAX = 1000;

const toRecord = <T extends { id: string }>({ id, ...rest }: T): RecordOf<T> => ({ _id: id, ...rest });

// The database knows nothing of types: what a function wrote is what it reads.
const fromRecord = <T extends { id: string }>({ _id, ...rest }: Fields): T =>
  ({ id: _id, ...rest }) as unknown as T;

/** The SDK drops undefined from a condition, which would then match too much. */
function assertDefined(where: Fields): Fields {
  for (const [field, value] of Object.entries(where)) {
    if (value === undefined) throw new TypeError(`condition on ${field} is undefined`);
  }
  return where;
}

/** An update as the SDK wants it: undefined clears a field, an object replaces the old one instead of merging into it. */
export function toUpdate(changes: Fields): Fields {
  const isPlainObject = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  const entries = Object.entries(changes).map(([field, value]) => {
    if (value === undefined) return [field, command.remove()];
    return [field, Array.isArray(value) || isPlainObject(value) ? command.set(value) : value];
  });
  return Object.fromEntries(entries);
}

export interface ListOptions {
  where: Fields;
  /** Last id of the page before. */
  cursor?: string | undefined;
  order?: 'asc' | 'desc';
  limit?: number;
}

/** One collection of versioned documents: the same few requests for all of them. */
export class DocumentCollection<T extends Stored> {
  constructor(readonly name: CollectionName) {}

  async find(id: string): Promise<T | undefined> {
    return this.findWhere({ _id: id });
  }

  async findWhere(where: Fields): Promise<T | undefined> {
    const [first] = await this.read({ where, limit: 1 });
    return first;
  }

  /** Those of the ids (or other key) that exist, in no order. At most CHUNK_MAX values. */
  async findMany(values: readonly string[], field = '_id'): Promise<T[]> {
    if (values.length === 0) return [];
    return this.read({ where: { [field]: command.in([...values]) }, limit: CHUNK_MAX });
  }

  /** A page in the order of ids: newest first unless asked otherwise, since ids begin with their time. */
  async list({ limit = PAGE_SIZE, ...options }: ListOptions): Promise<Page<T>> {
    const rows = await this.read({ order: 'desc', ...options, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return rows.length > limit && last ? { items, nextCursor: last.id } : { items };
  }

  async read({ where, cursor, order, limit = CHUNK_MAX }: ListOptions): Promise<T[]> {
    assertDefined(where);
    const from =
      cursor === undefined ? {} : { _id: order === 'desc' ? command.lt(cursor) : command.gt(cursor) };
    const { data } = await attempt(() => {
      const query = collection(this.name).where({ ...where, ...from });
      return (order ? query.orderBy('_id', order) : query).limit(limit).get();
    });
    return data.map((record: Fields) => fromRecord<T>(record));
  }

  /** Ids alone, in ascending order: for work that needs nothing else of its documents. */
  async readIds({ where, cursor, limit = CHUNK_MAX }: Omit<ListOptions, 'order'>): Promise<string[]> {
    assertDefined(where);
    const from = cursor === undefined ? {} : { _id: command.gt(cursor) };
    const { data } = await attempt(() =>
      collection(this.name)
        .where({ ...where, ...from })
        .orderBy('_id', 'asc')
        .field({ _id: true })
        .limit(limit)
        .get(),
    );
    return (data as { _id: string }[]).map(({ _id }) => _id);
  }

  async count(where: Fields): Promise<number> {
    assertDefined(where);
    const { total } = await attempt(() => collection(this.name).where(where).count());
    return total as number;
  }

  /** @returns false when the id, or a unique key, is taken already. */
  async insert(document: T): Promise<boolean> {
    return this.insertMany([document]);
  }

  /**
   * At most CHUNK_MAX documents in one request.
   * @returns false when one of them was there already; how many of the others were stored is then unknown,
   * so a caller looks which are missing and inserts those.
   */
  async insertMany(documents: readonly T[]): Promise<boolean> {
    if (documents.length === 0) return true;
    try {
      await attempt(() => collection(this.name).add(documents.map(toRecord)));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /**
   * Compare-and-set: writes only if nobody else has since `before` was read, and raises the version.
   * @returns false when somebody has, or when this very write was made by an attempt whose answer was lost.
   */
  async save(before: T, changes: Partial<Omit<T, 'id' | 'version'>>, where: Fields = {}): Promise<boolean> {
    return this.update({ _id: before.id, version: before.version, ...where }, changes).then(
      count => count === 1,
    );
  }

  /** Writes to every document that meets the conditions. @returns how many were changed. */
  async update(where: Fields, changes: Fields): Promise<number> {
    assertDefined(where);
    const update = { ...toUpdate(changes), version: command.inc(1) };
    const { updated } = await attempt(() => collection(this.name).where(where).update(update));
    return updated as number;
  }

  async remove(where: Fields): Promise<number> {
    assertDefined(where);
    const { deleted } = await attempt(() => collection(this.name).where(where).remove());
    return deleted as number;
  }
}
