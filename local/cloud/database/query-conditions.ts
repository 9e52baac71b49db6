/** Takes a query apart into the conditions on single paths that every matching document must meet. */
import { isPlainObject, isScalar, type Document, type Scalar } from './document-values';

export type Comparison = '>' | '>=' | '<' | '<=';

export type Condition =
  | { readonly kind: 'equal'; readonly value: Scalar }
  | { readonly kind: 'in'; readonly values: readonly Scalar[] }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly value: Scalar };

/** Conditions on one path. When `isComplete`, they say all that the query says about it. */
export interface PathConditions {
  readonly conditions: readonly Condition[];
  readonly isComplete: boolean;
}

const COMPARISONS: Record<string, Comparison> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };
const LAST_CHARACTER = '\u{10ffff}';

const isOperators = (wanted: unknown): wanted is Document => {
  const keys = isPlainObject(wanted) ? Object.keys(wanted) : [];
  return keys.length > 0 && keys.every(key => key.startsWith('$'));
};

/** The conditions that a path's part of a query, e.g. `{$gt: 5}` or `'issued'`, implies. */
export function conditionsOf(wanted: unknown): PathConditions {
  if (isScalar(wanted)) return { conditions: [{ kind: 'equal', value: wanted }], isComplete: true };
  if (wanted instanceof RegExp) return { conditions: prefixConditions(wanted), isComplete: false };
  if (!isOperators(wanted)) return { conditions: [], isComplete: false };
  const parts = Object.entries(wanted).map(([operator, value]) => operatorCondition(operator, value));
  return {
    conditions: parts.filter(condition => condition !== null),
    isComplete: parts.every(condition => condition !== null),
  };
}

function operatorCondition(operator: string, value: unknown): Condition | null {
  if (operator === '$eq' && isScalar(value)) return { kind: 'equal', value };
  if (operator === '$in' && Array.isArray(value) && value.every(isScalar))
    return { kind: 'in', values: value };
  const comparison = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (comparison && isScalar(value) && value !== null)
    return { kind: 'compare', operator: comparison, value };
  return null;
}

interface FieldCondition {
  readonly path: string;
  readonly condition: Condition;
}

/** The parts that an `$expr` joins by `$and`, each as the condition it implies on a field, or null where it implies none. */
export function expressionConditions(expression: unknown): (FieldCondition | null)[] {
  const [operator, ...others] = isPlainObject(expression) ? Object.entries(expression) : [];
  if (!operator || others.length || !Array.isArray(operator[1])) return [null];
  const [name, operands] = operator as [string, unknown[]];
  if (name === '$and') return operands.flatMap(expressionConditions);
  const [one, other] = operands;
  if (operands.length !== 2) return [null];
  if (name === '$eq') return [equality(one, other) ?? equality(other, one)];
  return [name === '$in' ? membership(one, other) : null];
}

function equality(field: unknown, constant: unknown): FieldCondition | null {
  const [path, value] = [fieldPath(field), constantValue(constant)];
  return path && isScalar(value) ? { path, condition: { kind: 'equal', value } } : null;
}

function membership(field: unknown, list: unknown): FieldCondition | null {
  const [path, values] = [fieldPath(field), constantValue(list)];
  if (!path || !Array.isArray(values) || !values.every(isScalar)) return null;
  return { path, condition: { kind: 'in', values } };
}

const fieldPath = (operand: unknown): string | null =>
  typeof operand === 'string' && /^\$[^$]/.test(operand) ? operand.slice(1) : null;

/** Undefined for what is no constant. A missing value is null here, because index columns do not tell them apart. */
function constantValue(operand: unknown): unknown {
  if (isPlainObject(operand)) return '$literal' in operand ? (operand.$literal ?? null) : undefined;
  return typeof operand === 'string' && operand.startsWith('$') ? undefined : operand;
}

/** `^abc` bounds the strings that can match. */
function prefixConditions(expression: RegExp): Condition[] {
  if (/[im]/.test(expression.flags) || expression.source.includes('|')) return [];
  const prefix = /^\^([\w\u4e00-\u9fff-]+)(?![?*{+])/.exec(expression.source)?.[1];
  if (!prefix) return [];
  return [
    { kind: 'compare', operator: '>=', value: prefix },
    { kind: 'compare', operator: '<', value: prefix + LAST_CHARACTER },
  ];
}
