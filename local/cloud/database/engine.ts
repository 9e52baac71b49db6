/** The document database: catalog, reads, writes and transactions over one SQLite file. */
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CollectionDefinition } from './admin-protocol';
import { AggregatePool } from './aggregate-pool';
import { Aggregation } from './aggregation';
import { Catalog } from './catalog';
import { uniqueIndexes, uniqueKey, type Collection } from './collection';
import { Connection } from './connection';
import { DocumentTable, storedText, type DocumentId } from './document-table';
import { assertFieldNames, compileUpdate } from './document-updates';
import { isPlainObject, type Document } from './document-values';
import { parseStored, toEjson } from './ejson';
import { databaseErrors } from './errors';
import { LOCK_WAIT_MS, TRANSACTION_TTL_MS, WRITE_STEP_ROWS } from './limits';
import { documentLock, LockTable, uniqueLock } from './locks';
import { documentOf, Reader, type FindRequest, type FoundRow } from './reader';
import { ScanAudit } from './scan-audit';
import { mainPragmas, type Synchronous } from './storage-settings';
import { Transactions, type Transaction } from './transactions';

export interface EngineOptions {
  /** The database file; created when missing. */
  readonly file: string;
  readonly synchronous?: Synchronous;
  /** The bundled worker program. Without it, everything runs on the calling thread. */
  readonly workerProgram?: string;
  readonly workers?: number;
  readonly transactionTtlMs?: number;
  readonly lockWaitMs?: number;
  /** Where unindexed scans are logged; standard error by default. */
  readonly log?: (line: string) => void;
}

export interface ModifyOptions {
  readonly multi: boolean;
  /** Replaces the whole document instead of applying update operators. */
  readonly replace?: boolean;
  readonly upsert?: boolean;
  readonly transaction?: Transaction | undefined;
}

export interface ModifyResult {
  readonly matched: number;
  /** Documents that really changed: writing an equal value does not count (reported by users of the service). */
  readonly updated: number;
  readonly upsertId: DocumentId | null;
  /** Text of the last matched document as it is now. */
  readonly text: string | null;
}

const WORKERS = 2;
const NOTHING: ModifyResult = { matched: 0, updated: 0, upsertId: null, text: null };
const newId = () => randomBytes(16).toString('hex');

export class Engine {
  readonly audit: ScanAudit;
  readonly transactions: Transactions;
  readonly locks: LockTable;
  readonly #connection: Connection;
  readonly #catalog: Catalog;
  readonly #reader: Reader;
  readonly #aggregation: Aggregation;
  readonly #table: DocumentTable;
  readonly #pool: AggregatePool | null;

  constructor(options: EngineOptions) {
    const { file, workerProgram, workers = WORKERS } = options;
    this.#connection = new Connection(file, mainPragmas(options.synchronous ?? 'NORMAL'));
    this.#catalog = new Catalog(this.#connection);
    this.audit = new ScanAudit(options.log);
    const onUnindexedScan = this.audit.add.bind(this.audit);
    this.#reader = new Reader(this.#connection, name => this.#catalog.get(name), onUnindexedScan);
    this.#aggregation = new Aggregation(this.#reader);
    this.#table = new DocumentTable(this.#connection, this.#catalog);
    this.locks = new LockTable(options.lockWaitMs ?? LOCK_WAIT_MS);
    const ttlMs = options.transactionTtlMs ?? TRANSACTION_TTL_MS;
    this.transactions = new Transactions({
      file,
      catalog: this.#catalog,
      table: this.#table,
      locks: this.locks,
      ttlMs,
    });
    this.#pool = workerProgram
      ? new AggregatePool({ program: workerProgram, file, workers, onUnindexedScan })
      : null;
  }

  async close(): Promise<void> {
    this.transactions.close();
    await this.#pool?.close();
    this.#connection.close();
  }

  createCollection(name: string): void {
    this.#catalog.createCollection(name);
  }

  /** Creates and drops collections' indexes as listed. Open transactions end, for their snapshots lack the new columns. */
  applyCollections(definitions: readonly CollectionDefinition[]): void {
    this.transactions.endAll();
    for (const definition of definitions) this.#catalog.apply(definition);
  }

  explain(name: string, request: FindRequest) {
    const { index, isOrderedByIndex, isBounded, residual } = this.#reader.plan(name, request);
    return { index, isOrderedByIndex, isBounded, rechecked: Object.keys(residual) };
  }

  // Reads: short ones at once, others on a worker thread.

  /** EJSON texts of the documents found. Inside a transaction: its snapshot and its own writes. */
  async find(name: string, request: FindRequest, transaction?: Transaction): Promise<string[]> {
    if (transaction) return transaction.find(name, request).map(({ doc }) => doc);
    if (this.#isShort(name, request)) return this.#reader.find(name, request).map(({ doc }) => doc);
    return this.#runInPool(pool => pool.run<'find'>({ kind: 'find', collection: name, request }));
  }

  async count(name: string, query: Document): Promise<number> {
    if (this.#isShort(name, { query })) return this.#reader.count(name, query);
    return this.#runInPool(pool => pool.run<'count'>({ kind: 'count', collection: name, query }));
  }

  /** EJSON texts of the pipeline's results, at most `limit` of them. */
  async aggregate(name: string, stages: readonly Document[], limit: number): Promise<string[]> {
    if (!this.#pool || this.#aggregation.isShort(name, stages)) {
      return this.#aggregation.run(name, stages).slice(0, limit).map(toEjson);
    }
    return this.#runInPool(pool =>
      pool.run<'aggregate'>({ kind: 'aggregate', collection: name, stages, limit }),
    );
  }

  #isShort(name: string, request: FindRequest): boolean {
    return !this.#pool || this.#reader.isShort(name, request);
  }

  #runInPool<Result>(read: (pool: AggregatePool) => Promise<Result>): Promise<Result> {
    if (!this.#pool) throw new Error('no worker program');
    return read(this.#pool);
  }

  // Writes

  /** Inserts all documents or none, and returns their ids. @throws AdminError E11000 */
  async insert(
    name: string,
    documents: readonly Document[],
    transaction?: Transaction,
  ): Promise<DocumentId[]> {
    const collection = this.#catalog.get(name);
    const ready = documents.map(withId);
    if (transaction) for (const document of ready) transaction.insert(collection, document);
    else await this.locks.whenFree(() => this.#insertAll(collection, ready));
    return ready.map(({ _id }) => _id as DocumentId);
  }

  #insertAll(collection: Collection, documents: readonly Document[]): void {
    this.#table.atomically([collection], () => {
      for (const document of documents) {
        this.#assertFree(collection, document);
        this.#table.insert(collection, document);
      }
    });
  }

  /**
   * Applies `change`, update operators or with `replace` a whole document. Beyond WRITE_STEP_ROWS documents it goes in
   * steps, as MongoDB does, so it is not atomic then. @throws AdminError
   */
  async modify(
    name: string,
    query: Document,
    change: Document,
    options: ModifyOptions,
  ): Promise<ModifyResult> {
    const collection = this.#catalog.get(name);
    const changed = options.replace ? replacing(change) : updating(change);
    const { transaction } = options;
    const results = transaction
      ? [this.#modifyInTransaction(transaction, collection, query, options.multi, changed)]
      : await this.#inSteps(name, query, options.multi, rows => this.#modifyRows(collection, rows, changed));
    const total = results.reduce(sum, NOTHING);
    if (total.matched > 0 || !options.upsert) return total;
    const [upsertId = null] = await this.insert(name, [{ _id: query._id, ...change }], transaction);
    return { ...total, upsertId };
  }

  #modifyRows(collection: Collection, rows: readonly FoundRow[], changed: Changed): ModifyResult {
    let updated = 0;
    let text: string | null = null;
    this.#table.atomically([collection], () => {
      for (const row of rows) {
        this.locks.assertFree(documentLock(collection.name, row.id));
        const before = documentOf(row);
        const after = changed(parseStored(row.doc));
        text = storedText(after);
        if (text === row.doc) continue;
        this.#assertKeysFree(collection, after);
        this.#table.update(collection, before, after);
        updated++;
      }
    });
    return { matched: rows.length, updated, upsertId: null, text };
  }

  #modifyInTransaction(
    transaction: Transaction,
    collection: Collection,
    query: Document,
    multi: boolean,
    changed: Changed,
  ): ModifyResult {
    const rows = transaction.find(collection.name, multi ? { query } : { query, limit: 1 });
    let updated = 0;
    let text: string | null = null;
    for (const row of rows) {
      transaction.lockDocument(collection, row.id);
      const after = changed(documentOf(row));
      text = storedText(after);
      if (text === row.doc) continue;
      transaction.write(collection, after);
      updated++;
    }
    return { matched: rows.length, updated, upsertId: null, text };
  }

  /** Removes matching documents and returns how many. */
  async remove(name: string, query: Document, { multi, transaction }: ModifyOptions): Promise<number> {
    const collection = this.#catalog.get(name);
    if (transaction) return this.#removeInTransaction(transaction, collection, query, multi);
    const removed = await this.#inSteps(name, query, multi, rows => this.#removeRows(collection, rows));
    return removed.reduce((total, rows) => total + rows, 0);
  }

  #removeRows(collection: Collection, rows: readonly FoundRow[]): number {
    this.#table.atomically([], () => {
      for (const { id } of rows) {
        this.locks.assertFree(documentLock(collection.name, id));
        this.#table.remove(collection, id);
      }
    });
    return rows.length;
  }

  #removeInTransaction(
    transaction: Transaction,
    collection: Collection,
    query: Document,
    multi: boolean,
  ): number {
    const rows = transaction.find(collection.name, multi ? { query } : { query, limit: 1 });
    for (const { id } of rows) {
      transaction.lockDocument(collection, id);
      transaction.remove(collection, id);
    }
    return rows.length;
  }

  /** Hands the matching rows to `write`, at once if they are few, else step by step. */
  async #inSteps<Result>(
    name: string,
    query: Document,
    multi: boolean,
    write: (rows: FoundRow[]) => Result,
  ): Promise<Result[]> {
    const request = multi ? { query } : { query, limit: 1 };
    const writeFound = (wanted: FindRequest) =>
      this.locks.whenFree(() => {
        const rows = this.#reader.find(name, wanted);
        return rows.length ? [write(rows)] : [];
      });
    if (this.#isShort(name, request)) return writeFound(request);
    const ids = await this.#runInPool(pool =>
      pool.run<'findIds'>({ kind: 'findIds', collection: name, request }),
    );
    const results: Result[] = [];
    for (let i = 0; i < ids.length; i += WRITE_STEP_ROWS) {
      // asked again, because a document may have changed since its id was found
      const step = { $and: [{ _id: { $in: ids.slice(i, i + WRITE_STEP_ROWS) } }, query] };
      results.push(...(await writeFound({ query: step })));
      await nextTurn();
    }
    return results;
  }

  #assertFree(collection: Collection, document: Document): void {
    this.locks.assertFree(documentLock(collection.name, document._id as DocumentId));
    this.#assertKeysFree(collection, document);
  }

  #assertKeysFree(collection: Collection, document: Document): void {
    if (this.locks.size === 0) return;
    for (const index of uniqueIndexes(collection)) {
      const key = uniqueKey(index, document);
      if (key !== null) this.locks.assertFree(uniqueLock(collection.name, index.name, key));
    }
  }
}

/** Returns the changed document; may change its argument. */
type Changed = (document: Document) => Document;

function updating(change: Document): Changed {
  const update = compileUpdate(change);
  return document => {
    update(document);
    return document;
  };
}

function replacing(change: Document): Changed {
  assertFieldNames(change);
  return ({ _id }) => {
    if (change._id !== undefined && change._id !== _id)
      throw databaseErrors.updateRefused("the field '_id' is immutable");
    return { _id, ...change };
  };
}

const sum = (one: ModifyResult, other: ModifyResult): ModifyResult => ({
  matched: one.matched + other.matched,
  updated: one.updated + other.updated,
  upsertId: null,
  text: other.text,
});

function withId(document: Document): Document {
  if (!isPlainObject(document)) throw databaseErrors.invalidParameter('a document must be an object');
  assertFieldNames(document);
  const { _id = newId(), ...fields } = document;
  if (typeof _id !== 'string' && !(typeof _id === 'number' && Number.isFinite(_id))) {
    throw databaseErrors.operationFailed('the local database takes only strings and numbers as _id');
  }
  return { _id, ...fields };
}
