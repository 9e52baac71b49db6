/** The collections of a database: created, indexed, and remembered in the table `_catalog`. */
import type { CollectionDefinition, IndexDefinition } from './admin-protocol';
import {
  elementKeys,
  ID_INDEX,
  indexSqlName,
  indexValue,
  MULTIKEYS,
  pathColumn,
  quote,
  tableOf,
  toIndexedPath,
  uniqueColumn,
  uniqueColumnValue,
  uniqueSqlName,
  type Collection,
  type Index,
  type IndexedPath,
} from './collection';
import { isUniqueViolation, type Connection } from './connection';
import type { Document, SqlValue } from './document-values';
import { idColumn, parseStored } from './ejson';
import { databaseErrors } from './errors';
import { FIELDS_PER_INDEX_MAX, INDEXES_PER_COLLECTION_MAX } from './limits';

interface CatalogRow {
  readonly name: string;
  readonly def: string;
}

interface SavedCollection {
  readonly idMask: number;
  readonly paths: readonly { path: string; mask: number }[];
  readonly indexes: Index[];
}

const FILL_STEP_ROWS = 1000;

function toCollection({ name, def }: CatalogRow): Collection {
  const saved = JSON.parse(def) as SavedCollection;
  const paths = saved.paths.map(({ path, mask }) => toIndexedPath(path, mask));
  return { name, id: toIndexedPath('_id', saved.idMask), paths, indexes: saved.indexes, isWidened: false };
}

/** Reads one collection as a connection's snapshot sees it. @throws AdminError DATABASE_COLLECTION_NOT_EXIST */
export function readCollection(connection: Connection, name: string): Collection {
  const row = connection.get<CatalogRow>('SELECT name, def FROM _catalog WHERE name=?', [name]);
  if (!row) throw databaseErrors.collectionMissing(name);
  return toCollection(row);
}

const toIndex = ({ name, keys, unique = false, sparse = false }: IndexDefinition): Index => ({
  name,
  keys,
  unique,
  sparse,
});
const isSame = (one: Index, other: Index) => JSON.stringify(one) === JSON.stringify(other);

/** Collections by name, kept in memory and on disk. Every schema change goes through here. */
export class Catalog {
  readonly #connection: Connection;
  readonly #collections = new Map<string, Collection>();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.exec('CREATE TABLE IF NOT EXISTS _catalog(name TEXT PRIMARY KEY, def TEXT NOT NULL)');
    connection.exec(
      `CREATE TABLE IF NOT EXISTS ${MULTIKEYS}(
        collection TEXT, name TEXT, key TEXT, id NOT NULL, PRIMARY KEY(collection, name, key)
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS ${MULTIKEYS}_id ON ${MULTIKEYS}(collection, id)`,
    );
    const rows = connection.all<CatalogRow>('SELECT name, def FROM _catalog');
    for (const row of rows) this.#collections.set(row.name, toCollection(row));
  }

  /** @throws AdminError DATABASE_COLLECTION_NOT_EXIST: collections are never created implicitly (SDK tests) */
  get(name: string): Collection {
    const collection = this.#collections.get(name);
    if (!collection) throw databaseErrors.collectionMissing(name);
    return collection;
  }

  has(name: string): boolean {
    return this.#collections.has(name);
  }

  names(): string[] {
    return [...this.#collections.keys()];
  }

  /** @throws AdminError when the collection exists or its name is not acceptable */
  createCollection(name: string): void {
    if (this.has(name)) throw databaseErrors.collectionExists(name);
    if (!/^[A-Za-z][\w-]{0,63}$/.test(name))
      throw databaseErrors.invalidParameter(`invalid collection name: ${name}`);
    const collection: Collection = {
      name,
      id: toIndexedPath('_id'),
      paths: [],
      indexes: [],
      isWidened: false,
    };
    const table = tableOf(collection);
    this.#connection.atomically(() => {
      this.#connection.exec(
        `CREATE TABLE ${table}(n INTEGER PRIMARY KEY, id NOT NULL, doc TEXT NOT NULL, rev INTEGER NOT NULL)`,
      );
      this.#connection.exec(
        `CREATE UNIQUE INDEX ${quote(indexSqlName(collection, ID_INDEX))} ON ${table}(id)`,
      );
      this.#save(collection);
    });
    this.#collections.set(name, collection);
  }

  /**
   * Creates what is missing and drops the indexes that are no longer listed.
   * @throws AdminError LimitExceeded beyond the index quota, E11000 when stored documents violate a new unique index
   */
  apply(definition: CollectionDefinition): void {
    if (!this.has(definition.name)) this.createCollection(definition.name);
    const collection = this.get(definition.name);
    const wanted = definition.indexes.map(toIndex);
    assertIndexQuota(collection, wanted);
    for (const index of [...collection.indexes]) {
      if (!wanted.some(other => isSame(other, index))) this.#dropIndex(collection, index);
    }
    for (const index of wanted) {
      if (!collection.indexes.some(other => isSame(other, index))) this.#createIndex(collection, index);
    }
  }

  /** Saves type masks that the current write widened. Call inside the write's SQL transaction. */
  saveWidened(collection: Collection): void {
    if (!collection.isWidened) return;
    this.#save(collection);
    collection.isWidened = false;
  }

  #save({ name, id, paths, indexes }: Collection): void {
    const saved: SavedCollection = {
      idMask: id.mask,
      paths: paths.map(({ path, mask }) => ({ path, mask })),
      indexes,
    };
    this.#connection.run('INSERT OR REPLACE INTO _catalog VALUES(?,?)', [name, JSON.stringify(saved)]);
  }

  #createIndex(collection: Collection, index: Index): void {
    const before = { paths: collection.paths, indexes: collection.indexes };
    const paths = index.keys.map(([path]) => path).filter(path => path !== '_id');
    const fresh = paths
      .filter(path => !collection.paths.some(known => known.path === path))
      .map(path => toIndexedPath(path));
    try {
      this.#connection.atomically(() => {
        collection.paths = [...collection.paths, ...fresh];
        collection.indexes = [...collection.indexes, index];
        this.#fillColumns(collection, fresh, index);
        this.#createSqlIndexes(collection, index);
        this.#save(collection);
      });
    } catch (error) {
      Object.assign(collection, before);
      throw isUniqueViolation(error)
        ? databaseErrors.duplicateKey(collection.name, index.name, '{ ... }')
        : error;
    } finally {
      this.#connection.forgetStatements();
    }
  }

  #fillColumns(collection: Collection, fresh: IndexedPath[], index: Index): void {
    const columns = fresh.map(({ path }) => pathColumn(path));
    if (index.unique) columns.push(uniqueColumn(index));
    for (const column of columns) this.#addColumn(collection, column);
    if (!columns.length) return;
    const table = tableOf(collection);
    const update = `UPDATE ${table} SET ${columns.map(column => `${column}=?`).join(',')} WHERE n=?`;
    for (const { n, doc } of this.#allRows(table)) {
      const document = parseStored(doc);
      const values: SqlValue[] = fresh.map(path => indexValue(collection, path, document));
      if (index.unique) {
        values.push(uniqueColumnValue(index, document));
        this.#addElementKeys(collection, index, document);
      }
      this.#connection.run(update, [...values, n]);
    }
  }

  /** @throws a unique violation when an element is another document's key */
  #addElementKeys(collection: Collection, index: Index, document: Document): void {
    for (const key of elementKeys(index, document))
      this.#connection.run(`INSERT INTO ${MULTIKEYS}(collection, name, key, id) VALUES(?,?,?,?)`, [
        collection.name,
        index.name,
        key,
        idColumn(document._id),
      ]);
  }

  /** A single key beside an equal element of an array. @throws AdminError E11000 */
  #assertElementsFree(collection: Collection, index: Index): void {
    const taken = this.#connection.get(
      `SELECT 1 FROM ${MULTIKEYS} m JOIN ${tableOf(collection)} t ON t.${uniqueColumn(index)} = m.key
       WHERE m.collection=? AND m.name=?`,
      [collection.name, index.name],
    );
    if (taken) throw databaseErrors.duplicateKey(collection.name, index.name, '{ ... }');
  }

  #addColumn(collection: Collection, column: string): void {
    const table = tableOf(collection);
    const known = this.#connection.all<{ name: string }>(`PRAGMA table_info(${table})`);
    if (!known.some(({ name }) => quote(name) === column))
      this.#connection.exec(`ALTER TABLE ${table} ADD COLUMN ${column}`);
  }

  /** Keyset steps instead of an open iteration, because the rows change meanwhile. */
  *#allRows(table: string): Generator<{ n: number; doc: string }> {
    let last = 0;
    for (;;) {
      const rows = this.#connection.all<{ n: number; doc: string }>(
        `SELECT n, doc FROM ${table} WHERE n > ? ORDER BY n LIMIT ${FILL_STEP_ROWS}`,
        [last],
      );
      if (!rows.length) return;
      yield* rows;
      last = rows.at(-1)?.n ?? last;
    }
  }

  #createSqlIndexes(collection: Collection, index: Index): void {
    const table = tableOf(collection);
    const columns = index.keys.map(([path, direction]) => pathColumn(path) + (direction < 0 ? ' DESC' : ''));
    this.#connection.exec(
      `CREATE INDEX ${quote(indexSqlName(collection, index))} ON ${table}(${columns.join(',')})`,
    );
    if (!index.unique) return;
    this.#assertElementsFree(collection, index);
    const name = quote(uniqueSqlName(collection, index));
    this.#connection.exec(`CREATE UNIQUE INDEX ${name} ON ${table}(${uniqueColumn(index)})`);
  }

  /** Columns stay in the table, unused; should their path be indexed again they are filled anew. */
  #dropIndex(collection: Collection, index: Index): void {
    this.#connection.atomically(() => {
      this.#connection.exec(`DROP INDEX IF EXISTS ${quote(indexSqlName(collection, index))}`);
      this.#connection.exec(`DROP INDEX IF EXISTS ${quote(uniqueSqlName(collection, index))}`);
      this.#connection.run(`DELETE FROM ${MULTIKEYS} WHERE collection=? AND name=?`, [
        collection.name,
        index.name,
      ]);
      collection.indexes = collection.indexes.filter(other => other !== index);
      const used = new Set(collection.indexes.flatMap(({ keys }) => keys.map(([path]) => path)));
      collection.paths = collection.paths.filter(({ path }) => used.has(path));
      this.#save(collection);
    });
    this.#connection.forgetStatements();
  }
}

function assertIndexQuota(collection: Collection, wanted: readonly Index[]): void {
  if (wanted.length + 1 > INDEXES_PER_COLLECTION_MAX) {
    throw databaseErrors.limitExceeded(
      `OutOfIndexQuota: ${collection.name} has more than ${INDEXES_PER_COLLECTION_MAX} indexes`,
    );
  }
  for (const { name, keys } of wanted) {
    if (!keys.length || keys.length > FIELDS_PER_INDEX_MAX) {
      throw databaseErrors.limitExceeded(
        `index ${name} has ${keys.length} fields, allowed are 1 to ${FIELDS_PER_INDEX_MAX}`,
      );
    }
  }
}
