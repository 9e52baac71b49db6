/** Applies updates to documents (MongoDB manual, "Update Operators"). What the types do not allow is refused. */
import { isPlainObject, type Document } from '../document-values';
import { databaseErrors } from '../errors';
import { compileQuery, type MatchDetails } from './query';
import { renameField, UPDATE_OPERATORS, type UpdateOperator } from './update-operators';
import { targetsOf, type Target } from './update-paths';
import { areEqual } from './values';

type Mutate = (document: Document, position: number | null) => void;

const refuse = databaseErrors.updateRefused;

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly value: unknown;
}

/**
 * Compiles an update into a function that applies it in place. What can be known without a document is checked at once:
 * operators, operands, field names, paths that exclude each other.
 * @param query which found the documents, and so decides where the positional `$` points
 * @throws AdminError DATABASE_REQUEST_FAILED, now, or for a document whose types do not fit
 */
export function compileUpdate(update: Document, query: Document = {}): (document: Document) => void {
  const steps = Object.entries(update).flatMap(([operator, fields]) => {
    if (operator !== '$rename' && !Object.hasOwn(UPDATE_OPERATORS, operator))
      throw refuse(`unknown top level operator: ${operator}`);
    if (!isPlainObject(fields))
      throw refuse(`Modifiers operate on fields but we found another type for ${operator}`);
    return Object.entries(fields).map(([path, value]) => ({ operator, path, value }));
  });
  for (const step of steps) assertStep(step);
  assertNoConflict(steps.flatMap(pathsOf));
  const mutations = steps.map(compileStep);
  const positionIn = steps.some(({ path }) => path.split('.').includes('$')) ? positionBy(query) : () => null;
  return document => {
    const position = positionIn(document);
    for (const mutate of mutations) mutate(document, position);
  };
}

/** The index of the array element that met the query. */
function positionBy(query: Document): (document: Document) => number | null {
  const test = compileQuery(query);
  return document => {
    const details: MatchDetails = { position: null };
    test(document, details);
    return details.position;
  };
}

function assertStep({ operator, path, value }: Step): void {
  assertPath(path);
  if (operator === '$rename') assertRename(path, value);
  if (operator !== '$pull') assertFieldNames(storedPart(operator, value));
}

const pathsOf = ({ operator, path, value }: Step) =>
  operator === '$rename' ? [path, String(value)] : [path];

function assertPath(path: string): void {
  const parts = path.split('.');
  if (parts.includes('')) throw refuse(`The update path '${path}' contains an empty field name`);
  if (parts[0]?.startsWith('$'))
    throw refuse(`Cannot have positional or operator name as the first path component: '${path}'`);
  if (parts.filter(part => part === '$').length > 1)
    throw refuse(`Too many positional (i.e. '$') elements found in path '${path}'`);
  const filtered = parts.find(part => /^\$\[.+\]$/.test(part));
  if (filtered)
    throw refuse(`No array filter found for identifier '${filtered.slice(2, -1)}' in path '${path}'`);
  const named = parts.find(part => part.startsWith('$') && part !== '$' && part !== '$[]');
  if (named) throw refuse(`The dollar ($) prefixed field '${named}' in '${path}' is not valid for storage.`);
}

function assertRename(path: string, target: unknown): void {
  if (typeof target !== 'string') throw refuse(`The 'to' field for $rename must be a string: ${path}`);
  assertPath(target);
  if ([path, target].some(name => name.includes('$')))
    throw refuse(`The source and target field for $rename may not be dynamic: ${path}`);
  if (path === target) throw refuse(`The source and target field for $rename must differ: ${path}`);
}

/** `$push: {a: {$each: […], $slice: 5}}`: what is stored is in `$each`. */
function storedPart(operator: string, value: unknown): unknown {
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
    assertFieldNames(item);
  }
}

function compileStep({ operator, path, value }: Step): Mutate {
  const parts = path.split('.');
  if (parts[0] === '_id') return document => assertSameId(document, { operator, path, value });
  if (operator === '$rename') return document => renameField(document, parts, String(value).split('.'));
  const apply = UPDATE_OPERATORS[operator] as UpdateOperator;
  const change = apply.compile(value, path);
  return (document, position) => {
    for (const target of targetsOf(document, parts, { position, isCreating: apply.isCreating }))
      applyTo(target, change(target.read()));
  };
}

function applyTo(target: Target, next: unknown): void {
  if (next === undefined) target.remove();
  else if (next !== target.read()) target.write(next);
}

function assertSameId(document: Document, { operator, path, value }: Step): void {
  if (operator === '$set' && path === '_id' && areEqual(value, document._id)) return;
  throw refuse("Performing an update on the path '_id' would modify the immutable field '_id'");
}
