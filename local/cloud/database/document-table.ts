/** Writes the rows of documents: text, index columns, revision. Every write goes through here. */
import type { Catalog } from './catalog';
import {
  elementKeys,
  indexValue,
  isMultikey,
  MULTIKEYS,
  pathColumn,
  printKey,
  tableOf,
  uniqueColumn,
  uniqueColumnValue,
  uniqueIndexes,
  uniqueKeys,
  uniqueSqlName,
  ID_INDEX,
  type Collection,
  type Index,
  type StoredRow,
} from './collection';
import { isUniqueViolation, type Connection } from './connection';
import type { Document, IdColumn, SqlValue } from './document-values';
import { idColumn, toEjson } from './ejson';
import { databaseErrors } from './errors';
import { DOCUMENT_BYTES_MAX } from './limits';

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
  findRow(collection: Collection, id: IdColumn): StoredRow | undefined {
    return this.#connection.get<StoredRow>(`SELECT id, doc, rev FROM ${tableOf(collection)} WHERE id=?`, [
      id,
    ]);
  }

  /** The id of the live document with a unique key. */
  findByUniqueKey(collection: Collection, index: Index, key: string): IdColumn | undefined {
    const column = uniqueColumn(index);
    const row =
      this.#connection.get<{ id: IdColumn }>(`SELECT id FROM ${tableOf(collection)} WHERE ${column}=?`, [
        key,
      ]) ?? (isMultikey(collection, index) ? this.#findElementKey(collection, index, key) : undefined);
    return row?.id;
  }

  #findElementKey(collection: Collection, index: Index, key: string): { id: IdColumn } | undefined {
    return this.#connection.get<{ id: IdColumn }>(
      `SELECT id FROM ${MULTIKEYS} WHERE collection=? AND name=? AND key=?`,
      [collection.name, index.name, key],
    );
  }

  /** @throws AdminError E11000 */
  insert(collection: Collection, document: Document): void {
    const columns = columnsOf(collection, document);
    const names = ['id', 'doc', 'rev', ...columns.keys()];
    const sql = `INSERT INTO ${tableOf(collection)}(${names.join(',')}) VALUES(${names.map(() => '?').join(',')})`;
    const id = indexValue(collection, collection.id, document);
    this.#writeElementKeys(collection, document);
    this.#run(collection, document, sql, [id, storedText(document), this.#revision, ...columns.values()]);
  }

  /** Writes only the columns that change, because each one written costs an index update. @throws AdminError E11000 */
  update(collection: Collection, before: Document, after: Document): void {
    const changed = changedColumns(collection, before, after);
    this.#writeElementKeys(collection, after);
    const sets = ['doc=?', 'rev=?', ...changed.map(([name]) => `${name}=?`)];
    const values = [storedText(after), this.#revision, ...changed.map(([, value]) => value)];
    const sql = `UPDATE ${tableOf(collection)} SET ${sets.join(',')} WHERE id=?`;
    this.#run(collection, after, sql, [...values, idColumn(after._id)]);
  }

  /** Frees the unique keys that a change gives up, so that other changes of the same transaction can take them. */
  releaseKeys(collection: Collection, before: Document, after: Document): void {
    const columns = new Set(uniqueIndexes(collection).map(uniqueColumn));
    const sets = changedColumns(collection, before, after)
      .filter(([name]) => columns.has(name))
      .map(([name]) => `${name}=NULL`);
    const id = idColumn(after._id);
    if (sets.length)
      this.#connection.run(`UPDATE ${tableOf(collection)} SET ${sets.join(',')} WHERE id=?`, [id]);
    this.#removeElementKeys(collection, id);
  }

  remove(collection: Collection, id: IdColumn): void {
    this.#removeElementKeys(collection, id);
    this.#connection.run(`DELETE FROM ${tableOf(collection)} WHERE id=?`, [id]);
  }

  #removeElementKeys(collection: Collection, id: IdColumn): void {
    if (!uniqueIndexes(collection).some(index => isMultikey(collection, index))) return;
    this.#connection.run(`DELETE FROM ${MULTIKEYS} WHERE collection=? AND id=?`, [collection.name, id]);
  }

  /** Where arrays have several keys, each is compared with those of all other documents. @throws AdminError E11000 */
  #writeElementKeys(collection: Collection, document: Document): void {
    const indexes = uniqueIndexes(collection).filter(index => isMultikey(collection, index));
    if (indexes.length === 0) return;
    const id = idColumn(document._id);
    for (const index of indexes) {
      const isTaken = (key: string) => {
        const owner = this.findByUniqueKey(collection, index, key);
        return owner !== undefined && owner !== id;
      };
      if (uniqueKeys(index, document).some(isTaken))
        throw databaseErrors.duplicateKey(collection.name, index.name, printKey(index, document));
    }
    this.#removeElementKeys(collection, id);
    for (const index of indexes) {
      for (const key of elementKeys(index, document))
        this.#connection.run(`INSERT INTO ${MULTIKEYS}(collection, name, key, id) VALUES(?,?,?,?)`, [
          collection.name,
          index.name,
          key,
          id,
        ]);
    }
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
  for (const index of uniqueIndexes(collection))
    columns.set(uniqueColumn(index), uniqueColumnValue(index, document));
  return columns;
}

function changedColumns(collection: Collection, before: Document, after: Document): [string, SqlValue][] {
  const old = columnsOf(collection, before);
  return [...columnsOf(collection, after)].filter(([name, value]) => old.get(name) !== value);
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
