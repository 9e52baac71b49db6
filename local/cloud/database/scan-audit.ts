/** Finds the queries that no index serves, before the service makes them slow. */
import { isPlainObject, type Document } from './document-values';
import type { SortKeys } from './planner';

/** A scan of a large collection without an index. The shape has field names only, never values. */
export interface ScanReport {
  readonly collection: string;
  readonly shape: string;
}

export interface CountedScan extends ScanReport {
  readonly count: number;
}

const fieldsOf = (query: Document): string[] =>
  Object.entries(query).flatMap(([key, wanted]) => {
    if (!key.startsWith('$')) return [key];
    const parts = Array.isArray(wanted) ? wanted : [wanted];
    return [`${key}(${parts.filter(isPlainObject).flatMap(fieldsOf).join(', ')})`];
  });

/** E.g. `status, $or(cityCode, ownerId) order createdAt`. */
export function describeQuery(query: Document, sort: SortKeys): string {
  const fields = fieldsOf(query).join(', ') || '(everything)';
  const order = Object.keys(sort).join(', ');
  return order ? `${fields} order ${order}` : fields;
}

/** Counts unindexed scans; each new kind of query is logged once. */
export class ScanAudit {
  readonly #scans = new Map<string, CountedScan>();

  constructor(readonly log: (line: string) => void = line => process.stderr.write(`${line}\n`)) {}

  add(report: ScanReport): void {
    const key = `${report.collection}: ${report.shape}`;
    const count = (this.#scans.get(key)?.count ?? 0) + 1;
    this.#scans.set(key, { ...report, count });
    if (count === 1) this.log(`database: no index serves ${key}`);
  }

  list(): CountedScan[] {
    return [...this.#scans.values()];
  }
}
