/**
 * What a query matches (MongoDB manual, "Query and Projection Operators"; the fine points of null and arrays follow the
 * server's own tests). Queries are compiled once, into tests of documents.
 */
import { isPlainObject, type Document } from '../document-values';
import { compileExpression, toBoolean } from './expressions/compile';
import { compileJsonSchema } from './json-schema';
import { somePathValue } from './paths';
import { notSupported, refuse } from './refuse';
import { valueTest, type ValueTest } from './value-tests';
import { areEqual, isOperatorObject } from './values';

/** Filled by a test that matched: where in an array it did, for the positional `$`. */
export interface MatchDetails {
  position: number | null;
}

type Variables = Readonly<Record<string, unknown>>;

/** `variables` are values of the `let` of a `$lookup` around the query. */
export type DocumentTest = (document: Document, details?: MatchDetails, variables?: Variables) => boolean;

/**
 * Compiles a query. The empty query matches everything.
 * @param names variables that its `$expr` may use
 * @throws AdminError for what MongoDB would refuse
 */
export function compileQuery(criteria: unknown, names: readonly string[] = []): DocumentTest {
  if (!isPlainObject(criteria)) throw refuse('the match filter must be an expression in an object');
  const tests = Object.entries(criteria).flatMap(([key, wanted]) =>
    key.startsWith('$') ? topLevel(key, wanted, names) : fieldTests(key, wanted),
  );
  const [only = () => true, ...others] = tests;
  return others.length === 0 ? only : every(tests);
}

const every =
  (tests: readonly DocumentTest[]): DocumentTest =>
  (document, details, variables) =>
    tests.every(test => test(document, details, variables));

const GEO = new Set(['$geoWithin', '$geoIntersects', '$near', '$nearSphere', '$within', '$geoNear']);

function topLevel(name: string, wanted: unknown, names: readonly string[]): DocumentTest[] {
  switch (name) {
    case '$and':
      return [every(clauses(name, wanted, names))];
    case '$or':
      return [some(clauses(name, wanted, names))];
    case '$nor':
      return [not(some(clauses(name, wanted, names)))];
    case '$expr':
      return [expressionTest(wanted, names)];
    case '$jsonSchema':
      return [compileJsonSchema(wanted)];
    case '$comment':
      return [];
    case '$text':
    case '$where':
      throw notSupported(name);
    default:
      throw refuse(`unknown top level operator: ${name}`);
  }
}

function clauses(name: string, wanted: unknown, names: readonly string[]): DocumentTest[] {
  if (!Array.isArray(wanted) || wanted.length === 0) throw refuse(`${name} must be a nonempty array`);
  if (!wanted.every(isPlainObject)) throw refuse(`${name} entries need to be full objects`);
  return wanted.map(clause => compileQuery(clause, names));
}

const some =
  (tests: readonly DocumentTest[]): DocumentTest =>
  (document, details, variables) =>
    tests.some(test => test(document, details, variables));

const not =
  (test: DocumentTest): DocumentTest =>
  (document, _details, variables) =>
    !test(document, undefined, variables);

function expressionTest(expression: unknown, names: readonly string[]): DocumentTest {
  const evaluate = compileExpression(expression, names);
  return (root, _details, variables = {}) => toBoolean(evaluate({ root, variables }));
}

function fieldTests(path: string, wanted: unknown): DocumentTest[] {
  const parts = path.split('.');
  if (wanted instanceof RegExp) return [anyValue(parts, valueTest('$regex', wanted))];
  if (!isOperatorObject(wanted)) return [anyValue(parts, valueTest('$eq', wanted))];
  return operatorTests(parts, wanted);
}

function operatorTests(parts: readonly string[], operators: Document): DocumentTest[] {
  const { $options, ...others } = operators;
  if ($options !== undefined && !('$regex' in others)) throw refuse('$options needs a $regex');
  return Object.entries(others).map(([name, wanted]) =>
    name === '$regex'
      ? anyValue(parts, valueTest(name, wanted, $options))
      : operatorTest(parts, name, wanted),
  );
}

function operatorTest(parts: readonly string[], name: string, wanted: unknown): DocumentTest {
  if (GEO.has(name)) throw notSupported(name);
  switch (name) {
    case '$ne':
      if (wanted instanceof RegExp) throw refuse("Can't have regex as arg to $ne.");
      return not(anyValue(parts, valueTest('$eq', wanted)));
    case '$nin':
      return not(anyValue(parts, valueTest('$in', wanted)));
    case '$not':
      return not(negated(parts, wanted));
    case '$exists':
      return existsTest(parts, toBoolean(wanted));
    case '$all':
      return allTest(parts, wanted);
    case '$elemMatch':
      return elementTest(parts, wanted);
    case '$size':
      return sizeTest(parts, wanted);
    default:
      return anyValue(parts, valueTest(name, wanted));
  }
}

/** One of the values at the path, the elements of an array among them. */
function anyValue(parts: readonly string[], test: ValueTest): DocumentTest {
  const [name = ''] = parts;
  if (parts.length > 1) return atPath(parts, test);
  return (document, details) => {
    const value = Object.hasOwn(document, name) ? document[name] : undefined;
    return Array.isArray(value) ? someElement(value, test, details) || test(value) : test(value);
  };
}

function someElement(array: readonly unknown[], test: ValueTest, details: MatchDetails | undefined): boolean {
  const position = array.findIndex(test);
  if (position >= 0 && details) details.position = position;
  return position >= 0;
}

const atPath =
  (parts: readonly string[], test: ValueTest, isLeafSpread = true): DocumentTest =>
  (document, details) => {
    const visit = (value: unknown, position: number | null) => {
      const isAccepted = test(value);
      if (isAccepted && details && position !== null) details.position = position;
      return isAccepted;
    };
    return somePathValue(document, { parts, isLeafSpread, visit });
  };

function existsTest(parts: readonly string[], isWanted: boolean): DocumentTest {
  const exists = anyValue(parts, value => value !== undefined);
  return isWanted ? exists : not(exists);
}

function negated(parts: readonly string[], wanted: unknown): DocumentTest {
  if (wanted instanceof RegExp) return anyValue(parts, valueTest('$regex', wanted));
  if (!isPlainObject(wanted)) throw refuse('$not needs a regex or a document');
  if (Object.keys(wanted).length === 0) throw refuse('$not cannot be empty');
  if (!isOperatorObject(wanted)) throw refuse(`unknown operator: ${Object.keys(wanted)[0]}`);
  return every(operatorTests(parts, wanted));
}

function allTest(parts: readonly string[], wanted: unknown): DocumentTest {
  if (!Array.isArray(wanted)) throw refuse('$all needs an array');
  if (wanted.length === 0) return () => false;
  return every(wanted.map(item => allItem(parts, item)));
}

function allItem(parts: readonly string[], item: unknown): DocumentTest {
  if (isPlainObject(item) && '$elemMatch' in item) return elementTest(parts, item.$elemMatch);
  if (isOperatorObject(item)) throw refuse('no $ expressions in $all');
  return anyValue(parts, valueTest(item instanceof RegExp ? '$regex' : '$eq', item));
}

/** Arrays at the path, each as a whole; `find` gives the index of the element that matched. */
const arraysAt =
  (parts: readonly string[], find: (array: readonly unknown[]) => number): DocumentTest =>
  (document, details) => {
    const visit = (value: unknown, position: number | null) => {
      const index = Array.isArray(value) ? find(value) : -1;
      if (index >= 0 && details) details.position = position ?? index;
      return index >= 0;
    };
    return somePathValue(document, { parts, isLeafSpread: false, visit });
  };

function elementTest(parts: readonly string[], wanted: unknown): DocumentTest {
  const test = elementMatcher(wanted);
  return arraysAt(parts, array => array.findIndex(test));
}

/** `{$gt: 5}` tests the elements themselves, `{field: …}` those that are documents or, by their indexes, arrays. */
function elementMatcher(wanted: unknown): ValueTest {
  if (!isPlainObject(wanted)) throw refuse('$elemMatch needs an Object');
  const [first = ''] = Object.keys(wanted);
  const isOnValues = first.startsWith('$') && !['$and', '$or', '$nor', '$expr', '$where'].includes(first);
  if (isOnValues) return valueMatcher(wanted);
  const test = compileQuery(wanted);
  return element => {
    if (Array.isArray(element)) return test({ ...element });
    return isPlainObject(element) && test(element);
  };
}

/** An element that is an array is not spread once more: its index leads to it as a whole. */
function valueMatcher(operators: Document): ValueTest {
  const test = every(operatorTests(['element'], operators));
  const arrayTest = every(operatorTests(['element', '0'], operators));
  return element => (Array.isArray(element) ? arrayTest({ element: [element] }) : test({ element }));
}

function sizeTest(parts: readonly string[], wanted: unknown): DocumentTest {
  if (typeof wanted !== 'number') throw refuse('$size needs a number');
  if (!Number.isInteger(wanted)) throw refuse('$size must be a whole number');
  if (wanted < 0) throw refuse('$size may not be negative');
  return atPath(parts, value => Array.isArray(value) && value.length === wanted, false);
}

/** What `$pull` removes: values that equal a constant, or that meet a condition. */
export function pullMatcher(wanted: unknown): ValueTest {
  if (wanted instanceof RegExp || isOperatorObject(wanted)) {
    const test = compileQuery({ element: wanted });
    return element => test({ element });
  }
  if (!isPlainObject(wanted)) return element => areEqual(element, wanted);
  const test = compileQuery(wanted);
  return element => isPlainObject(element) && test(element);
}
