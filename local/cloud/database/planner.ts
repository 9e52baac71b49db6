/**
 * Chooses an index for a query and writes its SQL. The SQL selects a superset of the matching rows; `residual` is the
 * part of the query that it does not decide, which the operators recheck. So the planner may be loose, but must never lose a row.
 */
import {
  findPath,
  ID_INDEX,
  indexSqlName,
  isSortable,
  isUsable,
  pathColumn,
  quote,
  singleType,
  tableOf,
  type Collection,
  type Index,
  type IndexedPath,
} from './collection';
import { isPlainId, scalarColumnValue, TYPE, typeOf, type Document, type SqlValue } from './document-values';
import { SHORT_READ_ROWS } from './limits';
import { conditionsOf, expressionConditions, type Condition } from './query-conditions';

/** Field names with 1 or -1, in order of precedence. */
export type SortKeys = Readonly<Record<string, number>>;

interface Clause {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

type ConditionsByPath = Map<string, Condition[]>;

export interface Plan {
  /** Name of the index, or null for a scan of the collection. */
  readonly index: string | null;
  /** `table INDEXED BY index`. */
  readonly source: string;
  /** Every condition that SQL checks. */
  readonly clauses: readonly Clause[];
  /** Those of them that the index answers by itself. */
  readonly seek: readonly Clause[];
  /** ORDER BY clause, or '' when there is no order or SQL cannot give it. */
  readonly orderBy: string;
  /** SQL gives the wanted order. True as well when none is wanted. */
  readonly isOrdered: boolean;
  /** The index itself has the wanted order, so nothing is sorted. */
  readonly isOrderedByIndex: boolean;
  /** At most one row for each of a limited list of keys. */
  readonly isBounded: boolean;
  readonly residual: Document;
}

interface Candidate {
  readonly index: Index;
  readonly score: number;
  readonly seekPaths: readonly string[];
  readonly isOrderedByIndex: boolean;
  readonly isBounded: boolean;
}

/** Plans the reading of `query` in the order `sort`. */
export function planQuery(collection: Collection, query: Document, sort: SortKeys = {}): Plan {
  const conditions: ConditionsByPath = new Map();
  const residual = collectConditions(collection, query, conditions);
  const order = Object.entries(sort);
  const best = bestCandidate(collection, conditions, order);
  const isOrdered = order.every(([path]) => isSortable(findPath(collection, path)));
  const toClauses = (paths: Iterable<string>) =>
    [...paths].flatMap(path => (conditions.get(path) ?? []).map(condition => toClause(path, condition)));
  return {
    index: best?.index.name ?? null,
    source: tableOf(collection) + (best ? ` INDEXED BY ${quote(indexSqlName(collection, best.index))}` : ''),
    clauses: toClauses(conditions.keys()),
    seek: toClauses(best?.seekPaths ?? []),
    orderBy: isOrdered ? orderBySql(order) : '',
    isOrdered,
    isOrderedByIndex: order.length === 0 || best?.isOrderedByIndex === true,
    isBounded: best?.isBounded ?? false,
    residual,
  };
}

/** The SQL of a plan, with its parameters. */
export function toSql(columns: string, plan: Plan, tail = ''): [sql: string, params: SqlValue[]] {
  return [
    `SELECT ${columns} FROM ${plan.source}${whereSql(plan.clauses)}${plan.orderBy}${tail}`,
    plan.clauses.flatMap(({ params }) => params),
  ];
}

/** Counts, up to `most`, the index entries (or rows) that a plan has to visit. */
export function toProbeSql(plan: Plan, most: number): [sql: string, params: SqlValue[]] {
  const visited = `SELECT 1 FROM ${plan.source}${whereSql(plan.seek)} LIMIT ${most}`;
  return [`SELECT count(*) AS total FROM (${visited})`, plan.seek.flatMap(({ params }) => params)];
}

const whereSql = (clauses: readonly Clause[]) =>
  clauses.length ? ` WHERE ${clauses.map(({ sql }) => sql).join(' AND ')}` : '';

const orderBySql = (order: readonly [string, number][]) =>
  order.length
    ? ` ORDER BY ${order.map(([path, direction]) => pathColumn(path) + (direction < 0 ? ' DESC' : '')).join(',')}`
    : '';

/** Adds the conditions of `query` that SQL can check, and returns what is left for the operators. */
function collectConditions(collection: Collection, query: Document, found: ConditionsByPath): Document {
  const residual: Document = {};
  for (const [path, wanted] of Object.entries(query)) {
    if (path === '$and' && Array.isArray(wanted)) {
      const rest = (wanted as Document[]).map(part => collectConditions(collection, part, found));
      const open = rest.filter(part => Object.keys(part).length > 0);
      if (open.length) residual.$and = open;
    } else if (path === '$expr') {
      if (!collectExpression(collection, wanted, found)) residual.$expr = wanted;
    } else if (path.startsWith('$') || !collectPath(collection, path, wanted, found)) {
      residual[path] = wanted;
    }
  }
  return residual;
}

/** True when the conditions decide the path's part of the query by themselves. */
function collectPath(
  collection: Collection,
  path: string,
  wanted: unknown,
  found: ConditionsByPath,
): boolean {
  const indexed = findPath(collection, path);
  if (!isUsable(indexed)) return false;
  const { conditions, isComplete } = conditionsOf(wanted);
  if (!canCheck(indexed, conditions, wanted)) return false;
  addConditions(found, path, conditions);
  return isComplete && conditions.every(condition => isExact(indexed, condition));
}

/** Like collectPath, for what `$expr` says of paths: it looks into no array, and tells a missing field from null. */
function collectExpression(collection: Collection, expression: unknown, found: ConditionsByPath): boolean {
  const parts = expressionConditions(expression);
  const isDecided = parts.map(part => {
    const indexed = part && findPath(collection, part.path);
    if (!indexed || !isUsable(indexed) || !canCheck(indexed, [part.condition])) return false;
    addConditions(found, part.path, [part.condition]);
    return !admitsNull(part.condition) && isExact(indexed, part.condition);
  });
  return isDecided.every(Boolean);
}

function addConditions(found: ConditionsByPath, path: string, conditions: readonly Condition[]): void {
  if (conditions.length) found.set(path, [...(found.get(path) ?? []), ...conditions]);
}

const admitsNull = (condition: Condition) =>
  condition.kind === 'in' ? condition.values.includes(null) : condition.value === null;

/** The column of `_id` holds only strings and numbers as they are; no column holds regular expressions. */
function canCheck(path: IndexedPath, conditions: readonly Condition[], wanted?: unknown): boolean {
  if (wanted instanceof RegExp && (path.mask & TYPE.opaque) !== 0) return false;
  if (path.path !== '_id') return true;
  return conditions.every(condition =>
    condition.kind === 'in' ? condition.values.every(isPlainId) : isPlainId(condition.value),
  );
}

/** Columns keep no types, so a condition is exact only where type and value cannot be mistaken. */
function isExact(path: IndexedPath, condition: Condition): boolean {
  if ((path.mask & TYPE.opaque) !== 0) return false;
  const hasType = (value: unknown) => (typeOf(value) & (singleType(path) | TYPE.null)) !== 0;
  return condition.kind === 'in' ? condition.values.every(hasType) : hasType(condition.value);
}

function toClause(path: string, condition: Condition): Clause {
  const column = pathColumn(path);
  switch (condition.kind) {
    case 'equal':
      if (condition.value === null) return { sql: `${column} IS NULL`, params: [] };
      return { sql: `${column}=?`, params: [scalarColumnValue(condition.value)] };
    case 'in':
      return inClause(column, condition.values.map(scalarColumnValue));
    case 'compare':
      return { sql: `${column}${condition.operator}?`, params: [scalarColumnValue(condition.value)] };
  }
}

/** One parameter for the whole list, so that lists of every length share a prepared statement. */
function inClause(column: string, values: readonly SqlValue[]): Clause {
  const isIn = `${column} IN (SELECT value FROM json_each(?))`;
  const sql = values.includes(null) ? `(${column} IS NULL OR ${isIn})` : isIn;
  return { sql, params: [JSON.stringify(values.filter(value => value !== null))] };
}

function bestCandidate(
  collection: Collection,
  conditions: ConditionsByPath,
  order: readonly [string, number][],
): Candidate | null {
  let best: Candidate | null = null;
  for (const index of [ID_INDEX, ...collection.indexes]) {
    const candidate = rate(index, conditions, order, collection);
    if (candidate.score > (best?.score ?? 0)) best = candidate;
  }
  return best;
}

type Use = 'equal' | 'in' | 'range' | 'none';

function useOf(conditions: readonly Condition[] | undefined): Use {
  if (!conditions) return 'none';
  if (conditions.some(({ kind }) => kind === 'equal')) return 'equal';
  if (conditions.some(condition => condition.kind === 'in' && !condition.values.includes(null))) return 'in';
  return conditions.some(({ kind }) => kind === 'compare') ? 'range' : 'none';
}

const SCORE = { equal: 10, in: 6, range: 4, none: 0, order: 5, boundedById: 2000, bounded: 1000 } as const;

/** Rates an index: how much of its prefix the conditions fix, whether it bounds the rows, whether it gives the order. */
function rate(
  index: Index,
  conditions: ConditionsByPath,
  order: readonly [string, number][],
  collection: Collection,
): Candidate {
  const uses = seekUses(index, conditions);
  const equalities = uses.findIndex(use => use !== 'equal');
  const prefix = equalities < 0 ? uses.length : equalities;
  const isBounded = index.unique && uses.length === index.keys.length && isBoundedBy(index, conditions);
  const isOrderedByIndex = order.length > 0 && givesOrder({ index, prefix, order, collection });
  const bonus = isBounded ? (index === ID_INDEX ? SCORE.boundedById : SCORE.bounded) : 0;
  const score =
    uses.reduce<number>((sum, use) => sum + SCORE[use], bonus) + (isOrderedByIndex ? SCORE.order : 0);
  return {
    index,
    score,
    seekPaths: index.keys.slice(0, uses.length).map(([path]) => path),
    isOrderedByIndex,
    isBounded,
  };
}

/** How the leading keys of an index are used, up to the first one that is not or that is only bounded by a range. */
function seekUses(index: Index, conditions: ConditionsByPath): Use[] {
  const uses: Use[] = [];
  for (const [path] of index.keys) {
    const use = useOf(conditions.get(path));
    if (use === 'none') break;
    uses.push(use);
    if (use === 'range') break;
  }
  return uses;
}

/** Every key is fixed to single values or short lists, and none of them to null, which a sparse index holds many times. */
function isBoundedBy(index: Index, conditions: ConditionsByPath): boolean {
  let rows = 1;
  for (const [path] of index.keys) {
    const counts = (conditions.get(path) ?? []).map(condition => {
      if (condition.kind === 'in')
        return condition.values.includes(null) ? Infinity : condition.values.length;
      return condition.kind === 'equal' && condition.value !== null ? 1 : Infinity;
    });
    rows *= Math.min(...counts);
  }
  return rows <= SHORT_READ_ROWS;
}

interface OrderQuestion {
  readonly index: Index;
  readonly prefix: number;
  readonly order: readonly [string, number][];
  readonly collection: Collection;
}

/** Whether the keys after the fixed prefix run in the wanted order, forwards or backwards. */
function givesOrder({ index, prefix, order, collection }: OrderQuestion): boolean {
  const rest = index.keys.slice(prefix);
  const turns = order.map(([path, direction], i) => {
    const key = rest[i];
    return key?.[0] === path && isSortable(findPath(collection, path)) ? direction * key[1] : 0;
  });
  return turns.every(turn => turn !== 0 && turn === turns[0]);
}
