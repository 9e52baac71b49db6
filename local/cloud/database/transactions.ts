/**
 * Transactions with snapshot isolation, where the first updater wins. Reads come from a second connection with an open
 * BEGIN; writes wait in an overlay and lock their documents and unique keys; commit is one SQL transaction.
 */
import { randomBytes } from 'node:crypto';
import type { Catalog } from './catalog';
import { printKey, uniqueIndexes, uniqueKeys, type Collection, type Index } from './collection';
import { Connection } from './connection';
import type { DocumentTable } from './document-table';
import { storedText } from './document-table';
import type { Document, IdColumn } from './document-values';
import { idColumn, idOf, parseStored, toEjson } from './ejson';
import { databaseErrors } from './errors';
import { documentLock, uniqueLock, type LockTable } from './locks';
import { compileQuery } from './operators/query';
import { compileSort } from './operators/sorting';
import { Reader, type FindRequest, type FoundRow } from './reader';
import { SNAPSHOT_PRAGMAS } from './storage-settings';

export interface TransactionParts {
  readonly file: string;
  readonly catalog: Catalog;
  readonly table: DocumentTable;
  readonly locks: LockTable;
  readonly ttlMs: number;
}

/** Written text by id; null for a removed document. */
type Overlay = Map<IdColumn, string | null>;

/** One open transaction: what it has read and written so far. */
export class Transaction {
  readonly id = randomBytes(16).toString('hex');
  readonly connection: Connection;
  readonly overlays = new Map<string, Overlay>();
  readonly locks = new Set<string>();
  /** An operation is running; a second one is refused. */
  isBusy = false;
  operations = 0;
  expiry: NodeJS.Timeout | undefined;
  readonly #parts: TransactionParts;
  readonly #reader: Reader;
  #revision = 0;
  #hasSnapshot = false;

  constructor(parts: TransactionParts, connection: Connection) {
    this.#parts = parts;
    this.connection = connection;
    this.#reader = new Reader(
      connection,
      name => parts.catalog.get(name),
      () => undefined,
    );
  }

  /** The snapshot overlaid with the transaction's own writes. */
  find(name: string, request: FindRequest): FoundRow[] {
    this.#takeSnapshot();
    const overlay = this.overlays.get(name);
    if (!overlay) return this.#reader.find(name, request);
    const { query, sort, skip = 0, limit = Infinity } = request;
    const untouched = this.#reader.find(name, { query }).filter(({ id }) => !overlay.has(id));
    const matches = compileQuery(query);
    const own = [...overlay]
      .flatMap(([id, doc]) => (doc === null ? [] : [toRow(id, doc)]))
      .filter(row => matches(row.document));
    const rows = [...untouched, ...own];
    return (sort ? sortRows(rows, sort) : rows).slice(skip, skip + limit);
  }

  /** @throws AdminError E11000, DATABASE_TRANSACTION_CONFLICT */
  insert(collection: Collection, document: Document): void {
    const id = idColumn(document._id);
    this.#lock(collection, id);
    if (this.#exists(collection, id))
      throw databaseErrors.duplicateKey(collection.name, '_id_', `{ _id: ${toEjson(document._id)} }`);
    this.write(collection, document);
  }

  /** Locks a document for a later write. @throws AdminError DATABASE_TRANSACTION_CONFLICT */
  lockDocument(collection: Collection, id: IdColumn): void {
    this.#takeSnapshot();
    this.#lock(collection, id);
  }

  write(collection: Collection, document: Document): void {
    const text = storedText(document);
    for (const index of uniqueIndexes(collection)) {
      for (const key of uniqueKeys(index, document)) this.#claimKey(collection, index, document, key);
    }
    this.#overlay(collection).set(idColumn(document._id), text);
  }

  remove(collection: Collection, id: IdColumn): void {
    this.#overlay(collection).set(id, null);
  }

  /** Writes the overlay to the tables; removed documents first, because they free unique keys. */
  writeOverlays(): void {
    const { catalog, table } = this.#parts;
    const entries = [...this.overlays].map(([name, overlay]) => [catalog.get(name), overlay] as const);
    table.atomically(
      entries.map(([collection]) => collection),
      () => {
        for (const [collection, overlay] of entries) {
          for (const [id, text] of overlay) if (text === null) table.remove(collection, id);
        }
        for (const [collection, overlay] of entries) {
          if (overlay.size > 1 && uniqueIndexes(collection).length > 0)
            this.#releaseKeys(collection, overlay);
        }
        for (const [collection, overlay] of entries) {
          for (const [id, text] of overlay) if (text !== null) this.#writeRow(collection, id, text);
        }
      },
    );
  }

  releaseSnapshot(): Connection {
    if (this.#hasSnapshot) this.connection.exec('ROLLBACK');
    this.#hasSnapshot = false;
    return this.connection;
  }

  /** Two documents may have exchanged their keys. */
  #releaseKeys(collection: Collection, overlay: Overlay): void {
    for (const [id, text] of overlay) {
      const row = text === null ? undefined : this.#parts.table.findRow(collection, id);
      if (row) this.#parts.table.releaseKeys(collection, parseStored(row.doc), parseStored(text as string));
    }
  }

  #writeRow(collection: Collection, id: IdColumn, text: string): void {
    const row = this.#parts.table.findRow(collection, id);
    if (row) this.#parts.table.update(collection, parseStored(row.doc), parseStored(text));
    else this.#parts.table.insert(collection, parseStored(text));
  }

  /** The first operation fixes what the transaction sees. */
  #takeSnapshot(): void {
    if (this.#hasSnapshot) return;
    this.connection.exec('BEGIN');
    this.connection.get('SELECT count(*) FROM _catalog');
    this.#hasSnapshot = true;
    this.#revision = this.#parts.table.revision;
  }

  #lock(collection: Collection, id: IdColumn): void {
    this.#takeSnapshot();
    const lock = documentLock(collection.name, id);
    if (this.locks.has(lock)) return;
    this.#parts.locks.take(lock, this.id);
    this.locks.add(lock);
    this.#assertUnchanged(collection, id);
  }

  /** A row written, created or removed since the snapshot is a conflict. */
  #assertUnchanged(collection: Collection, id: IdColumn): void {
    const live = this.#parts.table.findRow(collection, id);
    const isWrittenSince = live !== undefined && live.rev > this.#revision;
    const isRemovedSince =
      live === undefined && this.#reader.find(collection.name, { query: { _id: idOf(id) } }).length > 0;
    if (isWrittenSince || isRemovedSince) throw databaseErrors.transactionConflict();
  }

  #exists(collection: Collection, id: IdColumn): boolean {
    const own = this.overlays.get(collection.name)?.get(id);
    if (own !== undefined) return own !== null;
    return this.#parts.table.findRow(collection, id) !== undefined;
  }

  /** Locks the document's key in a unique index, and refuses one that is taken. */
  #claimKey(collection: Collection, index: Index, document: Document, key: string): void {
    const lock = uniqueLock(collection.name, index.name, key);
    this.#parts.locks.take(lock, this.id);
    this.locks.add(lock);
    if (this.#isTaken(collection, index, key, idColumn(document._id))) {
      throw databaseErrors.duplicateKey(collection.name, index.name, printKey(index, document));
    }
  }

  #isTaken(collection: Collection, index: Index, key: string, id: IdColumn): boolean {
    const overlay = this.overlays.get(collection.name) ?? new Map<IdColumn, string | null>();
    const stored = this.#parts.table.findByUniqueKey(collection, index, key);
    if (stored !== undefined && stored !== id && !overlay.has(stored)) return true;
    return [...overlay].some(
      ([other, text]) => other !== id && text !== null && uniqueKeys(index, parseStored(text)).includes(key),
    );
  }

  #overlay(collection: Collection): Overlay {
    const known = this.overlays.get(collection.name);
    if (known) return known;
    const overlay: Overlay = new Map();
    this.overlays.set(collection.name, overlay);
    return overlay;
  }
}

const toRow = (id: IdColumn, doc: string) => ({ id, doc, rev: 0, document: parseStored(doc) });

function sortRows(rows: FoundRow[], sort: Readonly<Record<string, number>>): FoundRow[] {
  const rowOf = new Map(rows.map(row => [row.document ?? parseStored(row.doc), row]));
  return compileSort(sort)([...rowOf.keys()]).flatMap(document => rowOf.get(document) ?? []);
}

/** The open transactions. */
export class Transactions {
  readonly #parts: TransactionParts;
  readonly #open = new Map<string, Transaction>();
  readonly #idleConnections: Connection[] = [];

  constructor(parts: TransactionParts) {
    this.#parts = parts;
  }

  begin(): Transaction {
    const connection = this.#idleConnections.pop() ?? new Connection(this.#parts.file, SNAPSHOT_PRAGMAS);
    const transaction = new Transaction(this.#parts, connection);
    transaction.expiry = setTimeout(() => this.end(transaction), this.#parts.ttlMs).unref();
    this.#open.set(transaction.id, transaction);
    return transaction;
  }

  /** @throws AdminError DATABASE_TRANSACTION_FAIL when it has ended or expired */
  get(id: string): Transaction {
    const transaction = this.#open.get(id);
    if (!transaction) throw databaseErrors.transactionMissing();
    return transaction;
  }

  /** Ends the transaction in any case; its writes are kept only if this returns. */
  commit(transaction: Transaction): void {
    try {
      if (transaction.overlays.size > 0) transaction.writeOverlays();
    } finally {
      this.end(transaction);
    }
  }

  /** Gives up what the transaction holds. Harmless when it has ended already. */
  end(transaction: Transaction): void {
    if (!this.#open.delete(transaction.id)) return;
    clearTimeout(transaction.expiry);
    this.#idleConnections.push(transaction.releaseSnapshot());
    this.#parts.locks.release(transaction.locks);
  }

  endAll(): void {
    for (const transaction of [...this.#open.values()]) this.end(transaction);
  }

  close(): void {
    this.endAll();
    for (const connection of this.#idleConnections) connection.close();
  }
}
