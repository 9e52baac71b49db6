/** Puts the values of a `$lookup`'s `let` into the queries of its pipeline, so that the planner sees constants. */
import { expressionPath } from './operators/paths';
import { isPlainObject, type Document } from './document-values';

/** Expressions with variables of their own, which may hide those of `let`. */
const SCOPES = ['$let', '$map', '$filter', '$reduce'];
const LOGICAL = new Set(['$and', '$or', '$nor']);

/** The query with the variables replaced by their values, or null if it uses them in a way that only the expression itself follows. */
export function bindQuery(query: Document, variables: Document): Document | null {
  const bound: Document = {};
  for (const [key, wanted] of Object.entries(query)) {
    const value = bindPart(key, wanted, variables);
    if (value === null) return null;
    bound[key] = value.part;
  }
  return bound;
}

/** Wrapped, because a query may ask for null. */
function bindPart(key: string, wanted: unknown, variables: Document): { part: unknown } | null {
  if (key === '$expr') return isBindable(wanted, variables) ? { part: bind(wanted, variables) } : null;
  if (!LOGICAL.has(key) || !Array.isArray(wanted)) return { part: wanted };
  const parts = (wanted as Document[]).map(part => bindQuery(part, variables));
  return parts.includes(null) ? null : { part: parts };
}

const isVariable = (value: unknown): value is string => typeof value === 'string' && value.startsWith('$$');

/** The name of a variable without its path. */
const nameOf = (reference: string) => reference.slice(2).split('.')[0] ?? '';

function isBindable(expression: unknown, variables: Document): boolean {
  if (isVariable(expression)) return Object.hasOwn(variables, nameOf(expression));
  if (Array.isArray(expression)) return expression.every(item => isBindable(item, variables));
  if (!isPlainObject(expression) || '$literal' in expression) return true;
  return Object.entries(expression).every(
    ([key, value]) => !SCOPES.includes(key) && isBindable(value, variables),
  );
}

function bind(expression: unknown, variables: Document): unknown {
  if (isVariable(expression)) return { $literal: expressionPath(variables, expression.slice(2).split('.')) };
  if (Array.isArray(expression)) return expression.map(item => bind(item, variables));
  if (!isPlainObject(expression) || '$literal' in expression) return expression;
  return Object.fromEntries(Object.entries(expression).map(([key, value]) => [key, bind(value, variables)]));
}
