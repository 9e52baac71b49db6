/** The document database: catalog, reads, writes and transactions over one SQLite file. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CollectionDefinition } from './admin-protocol';
import { AggregatePool } from './aggregate-pool';
import { Aggregation } from './aggregation';
import { Catalog } from './catalog';
import { Connection } from './connection';
import { toReplacer, toUpdater, withId } from './document-changes';
import { DocumentTable } from './document-table';
import type { Document } from './document-values';
import {
  DocumentWriter,
  modifyInTransaction,
  removeInTransaction,
  type ModifyResult,
} from './document-writer';
import { idOf, toEjson } from './ejson';
import { LOCK_WAIT_MS, TRANSACTION_TTL_MS, WRITE_STEP_ROWS } from './limits';
import { LockTable } from './locks';
import { Reader, type FindRequest, type FoundRow } from './reader';
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

export interface RemoveOptions {
  /** All matching documents, or one of them. */
  readonly multi: boolean;
  readonly transaction?: Transaction | undefined;
}

export interface ModifyOptions extends RemoveOptions {
  /** Replaces the whole document instead of applying update operators. */
  readonly replace?: boolean;
  readonly upsert?: boolean;
}

const WORKERS = 2;
const NOTHING: ModifyResult = { matched: 0, updated: 0, upsertId: null, text: null };

export class Engine {
  readonly audit: ScanAudit;
  readonly transactions: Transactions;
  readonly locks: LockTable;
  readonly #connection: Connection;
  readonly #catalog: Catalog;
  readonly #reader: Reader;
  readonly #aggregation: Aggregation;
  readonly #writer: DocumentWriter;
  readonly #pool: AggregatePool | null;

  constructor(options: EngineOptions) {
    const { file, workerProgram, workers = WORKERS } = options;
    this.#connection = new Connection(file, mainPragmas(options.synchronous ?? 'NORMAL'));
    this.#catalog = new Catalog(this.#connection);
    this.audit = new ScanAudit(options.log);
    const onUnindexedScan = this.audit.add.bind(this.audit);
    this.#reader = new Reader(this.#connection, name => this.#catalog.get(name), onUnindexedScan);
    this.#aggregation = new Aggregation(this.#reader);
    const table = new DocumentTable(this.#connection, this.#catalog);
    this.locks = new LockTable(options.lockWaitMs ?? LOCK_WAIT_MS);
    this.#writer = new DocumentWriter(table, this.locks);
    const ttlMs = options.transactionTtlMs ?? TRANSACTION_TTL_MS;
    this.transactions = new Transactions({
      file,
      catalog: this.#catalog,
      table,
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
  async insert(name: string, documents: readonly Document[], transaction?: Transaction): Promise<unknown[]> {
    const collection = this.#catalog.get(name);
    const ready = documents.map(withId);
    if (transaction) for (const document of ready) transaction.insert(collection, document);
    else await this.locks.whenFree(() => this.#writer.insert(collection, ready));
    return ready.map(({ _id }) => _id);
  }

  /**
   * Applies `change`: update operators, or with `replace` a whole document. Beyond SHORT_READ_ROWS documents it goes in
   * steps and is not atomic, as in MongoDB. @throws AdminError
   */
  async modify(
    name: string,
    query: Document,
    change: Document,
    { multi, replace, upsert, transaction }: ModifyOptions,
  ): Promise<ModifyResult> {
    const collection = this.#catalog.get(name);
    const request = toRequest(query, multi);
    const apply = replace ? toReplacer(change) : toUpdater(change, query);
    const total = transaction
      ? modifyInTransaction(transaction, collection, transaction.find(name, request), apply)
      : (await this.#inSteps(name, request, rows => this.#writer.modify(collection, rows, apply))).reduce(
          sum,
          NOTHING,
        );
    if (total.matched > 0 || !upsert) return total;
    const [upsertId = null] = await this.insert(name, [{ _id: query._id, ...change }], transaction);
    return { ...total, upsertId };
  }

  /** Removes matching documents and returns how many. */
  async remove(name: string, query: Document, { multi, transaction }: RemoveOptions): Promise<number> {
    const collection = this.#catalog.get(name);
    const request = toRequest(query, multi);
    if (transaction) return removeInTransaction(transaction, collection, transaction.find(name, request));
    const removed = await this.#inSteps(name, request, rows => this.#writer.remove(collection, rows));
    return removed.reduce((total, rows) => total + rows, 0);
  }

  /** Hands the rows found to `write`: at once if they are few, else step by step, so that others get their turn. */
  async #inSteps<Result>(
    name: string,
    request: FindRequest,
    write: (rows: FoundRow[]) => Result,
  ): Promise<Result[]> {
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
      const isStill = {
        $and: [{ _id: { $in: ids.slice(i, i + WRITE_STEP_ROWS).map(idOf) } }, request.query],
      };
      results.push(...(await writeFound({ query: isStill })));
      await nextTurn();
    }
    return results;
  }
}

const toRequest = (query: Document, multi: boolean): FindRequest => (multi ? { query } : { query, limit: 1 });

const sum = (one: ModifyResult, other: ModifyResult): ModifyResult => ({
  matched: one.matched + other.matched,
  updated: one.updated + other.updated,
  upsertId: null,
  text: other.text,
});
