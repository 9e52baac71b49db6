/** Reads documents through one connection: the engine's, a transaction's snapshot, or a worker thread's. */
import type { Collection, StoredRow } from './collection';
import type { Connection } from './connection';
import type { Document } from './document-values';
import { parseStored, parseStoredFields } from './ejson';
import { SHORT_READ_ROWS, UNINDEXED_ROWS_REPORTED } from './limits';
import { compileQuery } from './operators/query';
import { compileSort } from './operators/sorting';
import { planQuery, toProbeSql, toSql, type Plan, type SortKeys } from './planner';
import { describeQuery, type ScanReport } from './scan-audit';

export interface FindRequest {
  readonly query: Document;
  readonly sort?: SortKeys;
  readonly skip?: number;
  /** Rows at most; all of them when absent. */
  readonly limit?: number;
}

/** A stored row, parsed only if something had to look into it. */
export interface FoundRow extends StoredRow {
  document?: Document;
}

const ROW_COLUMNS = 'id, doc, rev';

/** The row's document, owned by the caller if it asks once. */
export const documentOf = (row: FoundRow): Document => row.document ?? parseStored(row.doc);

const isEmpty = (object: object) => Object.keys(object).length === 0;

export class Reader {
  /**
   * @param collectionOf finds a collection or throws DATABASE_COLLECTION_NOT_EXIST
   * @param onUnindexedScan hears of scans of large collections that no index helped
   */
  constructor(
    readonly connection: Connection,
    readonly collectionOf: (name: string) => Collection,
    readonly onUnindexedScan: (report: ScanReport) => void,
  ) {}

  plan(name: string, { query, sort }: FindRequest): Plan {
    return planQuery(this.collectionOf(name), query, sort);
  }

  find(name: string, request: FindRequest): FoundRow[] {
    const { skip = 0, limit = Infinity } = request;
    const plan = this.plan(name, request);
    this.#audit(name, plan, request);
    if (!plan.isOrdered) return this.#findSorted(plan, request);
    if (isEmpty(plan.residual)) return this.#findInSql(plan, skip, limit);
    return this.#take(this.#matching(plan), skip, limit);
  }

  /** Documents one by one, in no particular order; with `fields`, only these top-level fields of them. */
  *stream(name: string, query: Document, fields: readonly string[] | null = null): Generator<Document, void> {
    const plan = this.plan(name, { query });
    this.#audit(name, plan, { query });
    for (const row of this.#matching(plan)) {
      yield fields ? parseStoredFields(row.doc, fields) : documentOf(row);
    }
  }

  count(name: string, query: Document): number {
    const plan = this.plan(name, { query });
    this.#audit(name, plan, { query });
    if (isEmpty(plan.residual)) {
      return this.connection.get<{ total: number }>(...toSql('count(*) AS total', plan))?.total ?? 0;
    }
    let total = 0;
    const rows = this.#matching(plan);
    while (!rows.next().done) total++;
    return total;
  }

  /** True when this visits at most so many rows, which takes a few milliseconds, so that other requests can wait for it. */
  isShort(name: string, request: FindRequest, rows = SHORT_READ_ROWS): boolean {
    const plan = this.plan(name, request);
    if (plan.isBounded) return true;
    const { skip = 0, limit = Infinity } = request;
    const isAnsweredInOrder =
      isEmpty(plan.residual) && plan.isOrderedByIndex && plan.seek.length === plan.clauses.length;
    if (isAnsweredInOrder && skip + limit <= rows) return true;
    return this.#visits(plan, rows + 1) <= rows;
  }

  #visits(plan: Plan, most: number): number {
    return this.connection.get<{ total: number }>(...toProbeSql(plan, most))?.total ?? 0;
  }

  #findInSql(plan: Plan, skip: number, limit: number): FoundRow[] {
    const isWhole = limit === Infinity && skip === 0;
    const [sql, params] = toSql(ROW_COLUMNS, plan, isWhole ? '' : ' LIMIT ? OFFSET ?');
    return this.connection.all<FoundRow>(
      sql,
      isWhole ? params : [...params, Math.min(limit, Number.MAX_SAFE_INTEGER), skip],
    );
  }

  /** The order cannot be had from SQL: all matching rows are read and sorted here. */
  #findSorted(plan: Plan, { sort = {}, skip = 0, limit = Infinity }: FindRequest): FoundRow[] {
    const rows = new Map([...this.#matching(plan)].map(row => [documentOf(row), row]));
    const sorted = compileSort(sort)([...rows.keys()]).slice(skip, skip + limit);
    return sorted.flatMap(document => rows.get(document) ?? []);
  }

  #take(rows: Generator<FoundRow>, skip: number, limit: number): FoundRow[] {
    const taken: FoundRow[] = [];
    let seen = 0;
    if (limit <= 0) return taken;
    for (const row of rows) {
      if (seen++ >= skip) taken.push(row);
      if (taken.length >= limit) break;
    }
    return taken;
  }

  *#matching(plan: Plan): Generator<FoundRow, void> {
    const matches = compileQuery(plan.residual);
    const isDecidedBySql = isEmpty(plan.residual);
    for (const row of this.connection.iterate<FoundRow>(...toSql(ROW_COLUMNS, plan))) {
      if (!isDecidedBySql) row.document = parseStored(row.doc);
      if (isDecidedBySql || matches(row.document as Document)) yield row;
    }
  }

  #audit(name: string, plan: Plan, { query, sort = {}, limit = Infinity }: FindRequest): void {
    if (plan.index !== null || limit === 0) return;
    const isWholeWanted = isEmpty(query) && isEmpty(sort) && limit <= UNINDEXED_ROWS_REPORTED;
    if (isWholeWanted || this.#visits(plan, UNINDEXED_ROWS_REPORTED + 1) <= UNINDEXED_ROWS_REPORTED) return;
    this.onUnindexedScan({ collection: name, shape: describeQuery(query, sort) });
  }
}
