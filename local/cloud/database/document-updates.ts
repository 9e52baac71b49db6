/** Applies updates to documents. mingo ignores type errors silently; MongoDB refuses them, so they are checked here. */
import * as operators from 'mingo/operators/update';
import { isPlainObject, readPath, type Document } from './document-values';
import { toEjson } from './ejson';
import { databaseErrors } from './errors';
import { mongoOptions } from './mongo-operators';

const NUMBER_OPERATORS = new Set(['$inc', '$mul', '$bit']);
const ARRAY_OPERATORS = new Set(['$push', '$pull', '$pullAll', '$pop', '$addToSet']);
const OTHER_OPERATORS = new Set(['$set', '$unset', '$rename', '$max', '$min', '$currentDate']);
/** These create the array they add to. */
const CREATING_ARRAY = new Set(['$push', '$addToSet']);
/** These never create the path, so nothing on the way there can be in it. */
const REMOVING_OPERATORS = new Set(['$unset', '$pull', '$pullAll', '$pop']);

type Operator = (typeof operators)['$set'];
type Mutate = (document: Document) => unknown;

const refuse = databaseErrors.updateRefused;

/**
 * Compiles an update into a function that applies it in place. What can be known without a document is checked at once:
 * operators, field names, paths that exclude each other.
 * @throws AdminError DATABASE_REQUEST_FAILED, now, or for a document whose types do not fit
 */
export function compileUpdate(update: Document): (document: Document) => void {
  const steps = Object.entries(update).flatMap(([operator, fields]) => {
    assertOperator(operator, fields);
    return Object.entries(fields as Document).map(([path, value]) => ({ operator, path, value }));
  });
  for (const step of steps) assertStep(step);
  assertNoConflict(steps.flatMap(pathsOf));
  const mutations = steps.map(compileStep);
  return document => mutations.forEach(mutate => mutate(document));
}

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly value: unknown;
}

function assertStep({ operator, path, value }: Step): void {
  assertPath(path);
  if (operator === '$rename') assertPath(String(value));
  if (operator !== '$pull') assertFieldNames(modifierFree(operator, value));
}

const pathsOf = ({ operator, path, value }: Step) =>
  operator === '$rename' ? [path, String(value)] : [path];

function assertOperator(operator: string, fields: unknown): void {
  const isKnown = [NUMBER_OPERATORS, ARRAY_OPERATORS, OTHER_OPERATORS].some(operators =>
    operators.has(operator),
  );
  if (!isKnown) throw refuse(`unknown top level operator: ${operator}`);
  if (!isPlainObject(fields))
    throw refuse(`Modifiers operate on fields but we found another type for ${operator}`);
}

function assertPath(path: string): void {
  const parts = path.split('.');
  if (parts.includes('')) throw refuse(`The update path '${path}' contains an empty field name`);
  if (parts.some(part => part.startsWith('$')))
    throw refuse(`positional update '${path}' is not supported by the local database`);
}

/** `$push: {a: {$each: […], $slice: 5}}`: what is stored is in `$each`. */
function modifierFree(operator: string, value: unknown): unknown {
  const hasModifiers =
    (operator === '$push' || operator === '$addToSet') && isPlainObject(value) && '$each' in value;
  if (hasModifiers) return value.$each;
  return operator === '$bit' || operator === '$currentDate' ? null : value;
}

/** `a` and `a.b` in one update have no defined order, so MongoDB refuses them. */
function assertNoConflict(paths: readonly string[]): void {
  const sorted = paths.map(path => `${path}.`).sort();
  sorted.forEach((path, i) => {
    const next = sorted[i + 1];
    if (next?.startsWith(path)) {
      throw refuse(
        `Updating the path '${next.slice(0, -1)}' would create a conflict at '${path.slice(0, -1)}'`,
      );
    }
  });
}

/** Refuses field names that the service would not store, at any depth. @throws AdminError DATABASE_REQUEST_FAILED */
export function assertFieldNames(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(assertFieldNames);
  if (!isPlainObject(value)) return;
  for (const [name, item] of Object.entries(value)) {
    if (name.startsWith('$'))
      throw databaseErrors.operationFailed(`Document can't have $ prefixed field names: ${name}`);
    if (name.includes('.'))
      throw databaseErrors.operationFailed(`Document can't have field names with a dot: ${name}`);
    assertFieldNames(item);
  }
}

function compileStep({ operator, path, value }: Step): Mutate {
  if (path === '_id') return document => assertSameId(document, operator, value);
  const mutate = compileOperator(operator, path, value);
  const parts = path.split('.');
  const prepare = CREATING_ARRAY.has(operator) ? compileOperator('$set', path, []) : null;
  return document => {
    assertTypes(document, operator, parts);
    // mingo forgets $slice and $sort, and duplicates, where it has to create the array
    if (prepare && readPath(document, parts).value === undefined) prepare(document);
    mutate(document);
  };
}

function compileOperator(operator: string, path: string, value: unknown): Mutate {
  try {
    const compile = operators[operator as keyof typeof operators] as Operator;
    return compile({ [path]: value }, [], mongoOptions as Parameters<Operator>[2]);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}

function assertSameId(document: Document, operator: string, value: unknown): void {
  if (operator === '$set' && value === document._id) return;
  throw refuse("Performing an update on the path '_id' would modify the immutable field '_id'");
}

function assertTypes(document: Document, operator: string, parts: readonly string[]): void {
  const path = parts.join('.');
  const current = readPath(document, parts).value;
  if (current !== undefined && NUMBER_OPERATORS.has(operator) && typeof current !== 'number') {
    throw refuse(`Cannot apply ${operator} to a value of non-numeric type. {${path}: ${toEjson(current)}}`);
  }
  if (current !== undefined && ARRAY_OPERATORS.has(operator) && !Array.isArray(current)) {
    throw refuse(`The field '${path}' must be an array but is ${toEjson(current)}`);
  }
  if (!REMOVING_OPERATORS.has(operator)) assertCanCreate(document, parts);
}

/** `a.b` cannot be created inside `{a: null}` or `{a: 5}`. */
function assertCanCreate(document: Document, parts: readonly string[]): void {
  for (let depth = 1; depth < parts.length; depth++) {
    const parent = readPath(document, parts.slice(0, depth)).value;
    if (parent === undefined) return;
    const isContainer = isPlainObject(parent) || (Array.isArray(parent) && /^\d+$/.test(parts[depth] ?? ''));
    if (!isContainer) {
      throw refuse(
        `Cannot create field '${parts[depth]}' in element {${parts[depth - 1]}: ${toEjson(parent)}}`,
      );
    }
  }
}
