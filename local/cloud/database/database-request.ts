/** The body of a `database.*` request, with typed access to its fields. */
import type { AdminParams } from './admin-protocol';
import { assertStage } from './aggregation';
import type { Document } from './document-values';
import { parseEjson, parseEjsonValue } from './ejson';
import { databaseErrors } from './errors';
import { GET_ROWS_DEFAULT, GET_ROWS_MAX } from './limits';
import type { SortKeys } from './planner';
import type { FindRequest } from './reader';

/** Each field is parsed when asked for. @throws AdminError INVALID_PARAM for one that is missing or malformed */
export class DatabaseRequest {
  constructor(
    readonly params: AdminParams,
    readonly nowMs: number,
  ) {}

  get collection(): string {
    return this.#string('collectionName');
  }

  get isMulti(): boolean {
    return this.params.multi === true;
  }

  get query(): Document {
    return typeof this.params.query === 'string' && this.params.query ? this.#ejson('query') : {};
  }

  /** `collection.update()` and `.remove()` without `where()` send no query; what the service does then is unknown. */
  get requiredQuery(): Document {
    if (!this.params.query)
      throw databaseErrors.invalidParameter('a query is required: where({}) addresses every document');
    return this.query;
  }

  get change(): Document {
    return this.#ejson('data');
  }

  get documents(): Document[] {
    const { data } = this.params;
    if (!Array.isArray(data) || data.length === 0)
      throw databaseErrors.invalidParameter('data must not be empty');
    return data.map(text => parseEjson(String(text), this.nowMs));
  }

  get find(): FindRequest & { limit: number; skip: number } {
    const { queryType, limit, offset, order } = this.params;
    const wanted = queryType === 'DOC' ? 1 : Math.min(positive(limit) || GET_ROWS_DEFAULT, GET_ROWS_MAX);
    const sort = order ? { sort: this.#ejson('order') as SortKeys } : {};
    return { query: this.query, ...sort, skip: positive(offset), limit: wanted };
  }

  get projection(): Document | null {
    return this.params.projection ? this.#ejson('projection') : null;
  }

  get stages(): Document[] {
    const { stages } = this.params;
    if (!Array.isArray(stages)) throw databaseErrors.invalidParameter('stages must be a list');
    return (stages as { stageKey: string; stageValue: string }[]).map(({ stageKey, stageValue }) => {
      assertStage(stageKey);
      return { [stageKey]: parseEjsonValue(stageValue, this.nowMs) };
    });
  }

  #string(field: string): string {
    const value = this.params[field];
    if (typeof value !== 'string') throw databaseErrors.invalidParameter(`${field} is required`);
    return value;
  }

  #ejson(field: string): Document {
    return parseEjson(this.#string(field), this.nowMs);
  }
}

const positive = (value: unknown) => Math.max(0, Math.trunc(Number(value ?? 0)) || 0);
