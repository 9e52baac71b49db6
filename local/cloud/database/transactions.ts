/**
 * Transactions with snapshot isolation, where the first updater wins. Reads come from a second connection with an open
 * BEGIN; writes wait in an overlay and lock their documents and unique keys; commit is one SQL transaction.
 */
import { randomBytes } from 'node:crypto';
import type { Catalog } from './catalog';
import { printKey, uniqueIndexes, uniqueKey, type Collection, type Index } from './collection';
import { Connection } from './connection';
import type { DocumentId, DocumentTable } from './document-table';
import { storedText } from './document-table';
import type { Document } from './document-values';
import { parseStored } from './ejson';
import { databaseErrors } from './errors';
import { documentLock, uniqueLock, type LockTable } from './locks';
import { compileQuery, sortDocuments } from './mongo-operators';
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
type Overlay = Map<DocumentId, string | null>;

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
    const id = document._id as DocumentId;
    this.#lock(collection, id);
    if (this.#exists(collection, id))
      throw databaseErrors.duplicateKey(collection.name, '_id_', `{ _id: ${JSON.stringify(id)} }`);
    this.write(collection, document);
  }

  /** Locks a document for a later write. @throws AdminError DATABASE_TRANSACTION_CONFLICT */
  lockDocument(collection: Collection, id: DocumentId): void {
    this.#takeSnapshot();
    this.#lock(collection, id);
  }

  write(collection: Collection, document: Document): void {
    const text = storedText(document);
    for (const index of uniqueIndexes(collection)) this.#claimKey(collection, index, document);
    this.#overlay(collection).set(document._id as DocumentId, text);
  }

  remove(collection: Collection, id: DocumentId): void {
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

  #writeRow(collection: Collection, id: DocumentId, text: string): void {
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

  #lock(collection: Collection, id: DocumentId): void {
    this.#takeSnapshot();
    const lock = documentLock(collection.name, id);
    if (this.locks.has(lock)) return;
    this.#parts.locks.take(lock, this.id);
    this.locks.add(lock);
    this.#assertUnchanged(collection, id);
  }

  /** A row written, created or removed since the snapshot is a conflict. */
  #assertUnchanged(collection: Collection, id: DocumentId): void {
    const live = this.#parts.table.findRow(collection, id);
    const isWrittenSince = live !== undefined && live.rev > this.#revision;
    const isRemovedSince =
      live === undefined && this.#reader.find(collection.name, { query: { _id: id } }).length > 0;
    if (isWrittenSince || isRemovedSince) throw databaseErrors.transactionConflict();
  }

  #exists(collection: Collection, id: DocumentId): boolean {
    const own = this.overlays.get(collection.name)?.get(id);
    if (own !== undefined) return own !== null;
    return this.#parts.table.findRow(collection, id) !== undefined;
  }

  /** Locks the document's key in a unique index, and refuses one that is taken. */
  #claimKey(collection: Collection, index: Index, document: Document): void {
    const key = uniqueKey(index, document);
    if (key === null) return;
    const lock = uniqueLock(collection.name, index.name, key);
    this.#parts.locks.take(lock, this.id);
    this.locks.add(lock);
    if (this.#isTaken(collection, index, key, document._id as DocumentId)) {
      throw databaseErrors.duplicateKey(collection.name, index.name, printKey(index, document));
    }
  }

  #isTaken(collection: Collection, index: Index, key: string, id: DocumentId): boolean {
    const overlay = this.overlays.get(collection.name) ?? new Map<DocumentId, string | null>();
    const stored = this.#parts.table.findByUniqueKey(collection, index, key);
    if (stored !== undefined && stored !== id && !overlay.has(stored)) return true;
    return [...overlay].some(
      ([other, text]) => other !== id && text !== null && uniqueKey(index, parseStored(text)) === key,
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

const toRow = (id: DocumentId, doc: string) => ({ id, doc, rev: 0, document: parseStored(doc) });

function sortRows(rows: FoundRow[], sort: Readonly<Record<string, number>>): FoundRow[] {
  const rowOf = new Map(rows.map(row => [row.document ?? parseStored(row.doc), row]));
  return sortDocuments([...rowOf.keys()], sort).flatMap(document => rowOf.get(document) ?? []);
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
