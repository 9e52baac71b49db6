/** Writes the rows of documents: text, index columns, revision. Every write goes through here. */
import type { Catalog } from './catalog';
import {
  indexValue,
  pathColumn,
  printKey,
  tableOf,
  uniqueColumn,
  uniqueIndexes,
  uniqueKey,
  uniqueSqlName,
  ID_INDEX,
  type Collection,
  type StoredRow,
} from './collection';
import { isUniqueViolation, type Connection } from './connection';
import type { Document, SqlValue } from './document-values';
import { toEjson } from './ejson';
import { databaseErrors } from './errors';
import { DOCUMENT_BYTES_MAX } from './limits';

export type DocumentId = string | number;

/** The text to store. @throws AdminError beyond the size limit of a document */
export function storedText(document: Document): string {
  const text = toEjson(document);
  // a character takes at most three bytes, so most texts need no exact count
  if (text.length * 3 > DOCUMENT_BYTES_MAX && Buffer.byteLength(text) > DOCUMENT_BYTES_MAX) {
    throw databaseErrors.limitExceeded(`document is larger than ${DOCUMENT_BYTES_MAX} bytes`);
  }
  return text;
}

export class DocumentTable {
  readonly #connection: Connection;
  readonly #catalog: Catalog;
  /** Grows with every write, and across restarts without reading the tables. */
  #revision = Date.now() * 1024;

  constructor(connection: Connection, catalog: Catalog) {
    this.#connection = connection;
    this.#catalog = catalog;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Runs writes to `collections` in one SQL transaction, under a revision of their own. */
  atomically<Result>(collections: readonly Collection[], write: () => Result): Result {
    this.#revision++;
    let widened: readonly Collection[] = [];
    try {
      return this.#connection.atomically(() => {
        const result = write();
        widened = collections.filter(({ isWidened }) => isWidened);
        for (const collection of widened) this.#catalog.saveWidened(collection);
        return result;
      });
    } catch (error) {
      // Not saved after all: the next write has to.
      for (const collection of widened) collection.isWidened = true;
      throw error;
    }
  }

  /** The live row, whatever a transaction's snapshot says. */
  findRow(collection: Collection, id: DocumentId): StoredRow | undefined {
    return this.#connection.get<StoredRow>(`SELECT id, doc, rev FROM ${tableOf(collection)} WHERE id=?`, [
      id,
    ]);
  }

  /** The id of the live document with a unique key. */
  findByUniqueKey(
    collection: Collection,
    index: { name: string; keys: [] | readonly unknown[] },
    key: string,
  ): DocumentId | undefined {
    const column = uniqueColumn(index as never);
    return this.#connection.get<{ id: DocumentId }>(
      `SELECT id FROM ${tableOf(collection)} WHERE ${column}=?`,
      [key],
    )?.id;
  }

  /** @throws AdminError E11000 */
  insert(collection: Collection, document: Document): void {
    const columns = columnsOf(collection, document);
    const names = ['id', 'doc', 'rev', ...columns.keys()];
    const sql = `INSERT INTO ${tableOf(collection)}(${names.join(',')}) VALUES(${names.map(() => '?').join(',')})`;
    const id = indexValue(collection, collection.id, document);
    this.#run(collection, document, sql, [id, storedText(document), this.#revision, ...columns.values()]);
  }

  /** Writes only the columns that change, because each one written costs an index update. @throws AdminError E11000 */
  update(collection: Collection, before: Document, after: Document): void {
    const old = columnsOf(collection, before);
    const changed = [...columnsOf(collection, after)].filter(([name, value]) => old.get(name) !== value);
    const sets = ['doc=?', 'rev=?', ...changed.map(([name]) => `${name}=?`)];
    const values = [storedText(after), this.#revision, ...changed.map(([, value]) => value)];
    const sql = `UPDATE ${tableOf(collection)} SET ${sets.join(',')} WHERE id=?`;
    this.#run(collection, after, sql, [...values, after._id as DocumentId]);
  }

  remove(collection: Collection, id: DocumentId): void {
    this.#connection.run(`DELETE FROM ${tableOf(collection)} WHERE id=?`, [id]);
  }

  #run(collection: Collection, document: Document, sql: string, params: readonly SqlValue[]): void {
    try {
      this.#connection.run(sql, params);
    } catch (error) {
      throw isUniqueViolation(error) ? duplicateKey(collection, document, String(error)) : error;
    }
  }
}

/** Index columns by name, with their values for a document. */
function columnsOf(collection: Collection, document: Document): Map<string, SqlValue> {
  const columns = new Map<string, SqlValue>();
  for (const path of collection.paths)
    columns.set(pathColumn(path.path), indexValue(collection, path, document));
  for (const index of uniqueIndexes(collection)) columns.set(uniqueColumn(index), uniqueKey(index, document));
  return columns;
}

/** SQLite names the violated column (`c_vouchers.u:code`) or, with an expression, the index. */
function duplicateKey(collection: Collection, document: Document, sqlMessage: string) {
  const isViolated = (name: string) =>
    sqlMessage.includes(`.u:${name}`) || sqlMessage.includes(uniqueSqlName(collection, { name }));
  const candidates = uniqueIndexes(collection).filter(({ name }) => isViolated(name));
  // a name may begin with another index's whole name
  const index = candidates.sort((one, other) => other.name.length - one.name.length)[0] ?? ID_INDEX;
  return databaseErrors.duplicateKey(collection.name, index.name, printKey(index, document));
}
