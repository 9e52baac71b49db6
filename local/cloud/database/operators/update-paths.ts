/** Where in a document an update writes. */
import { isPlainObject, type Document } from '../document-values';
import { toEjson } from '../ejson';
import { databaseErrors } from '../errors';
import { indexOf } from './paths';

const refuse = databaseErrors.updateRefused;

/** The place that a path leads to. */
export interface Target {
  /** Undefined where there is nothing yet. */
  readonly read: () => unknown;
  readonly write: (value: unknown) => void;
  /** An element of an array becomes null, because the others keep their places. */
  readonly remove: () => void;
}

export interface TargetOptions {
  /** What the positional `$` stands for. */
  readonly position: number | null;
  /** What is missing on the way is created, and what cannot hold a field is an error. */
  readonly isCreating: boolean;
}

/** An array may be lengthened by so many elements at once (limit of the server). */
const BACKFILL_MAX = 1_500_000;

type Container = Document | unknown[];

/** The places that a path leads to: one, or with `$[]` each element's, or none when nothing is to be created. */
export function targetsOf(document: Document, parts: readonly string[], options: TargetOptions): Target[] {
  return walk(document, parts, 0, options);
}

function walk(
  container: Container,
  parts: readonly string[],
  depth: number,
  options: TargetOptions,
): Target[] {
  const part = parts[depth] as string;
  if (part === '$[]') {
    if (!Array.isArray(container))
      throw refuse(`Cannot apply array updates to a non-array: ${parts.join('.')}`);
    return container.flatMap((_, index) => step(container, String(index), parts, depth, options));
  }
  if (part !== '$') return step(container, part, parts, depth, options);
  if (options.position === null || !Array.isArray(container))
    throw refuse('The positional operator did not find the match needed from the query.');
  return step(container, String(options.position), parts, depth, options);
}

function step(
  container: Container,
  name: string,
  parts: readonly string[],
  depth: number,
  options: TargetOptions,
): Target[] {
  if (Array.isArray(container) && indexOf(name) < 0)
    return cannotHold(container, name, parts[depth - 1], options);
  const target = targetIn(container, name);
  if (depth === parts.length - 1) return [target];
  const next = target.read();
  if (isPlainObject(next) || Array.isArray(next)) return walk(next, parts, depth + 1, options);
  if (next !== undefined) return cannotHold(next, parts[depth + 1], name, options);
  if (!options.isCreating) return [];
  if (parts[depth + 1]?.startsWith('$'))
    throw refuse(
      `The path '${parts.slice(0, depth + 1).join('.')}' must exist in the document in order to apply array updates.`,
    );
  // written last, so that a refusal further down leaves nothing behind
  const made: Document = {};
  const targets = walk(made, parts, depth + 1, options);
  return targets.map(inner => ({
    ...inner,
    write: value => {
      inner.write(value);
      target.write(made);
    },
  }));
}

function cannotHold(
  container: unknown,
  name: string | undefined,
  parent: string | undefined,
  { isCreating }: TargetOptions,
): Target[] {
  if (!isCreating) return [];
  throw refuse(`Cannot create field '${name}' in element {${parent}: ${toEjson(container)}}`);
}

function targetIn(container: Container, name: string): Target {
  return Array.isArray(container) ? elementTarget(container, Number(name)) : fieldTarget(container, name);
}

const fieldTarget = (object: Document, name: string): Target => ({
  read: () => (Object.hasOwn(object, name) ? object[name] : undefined),
  write: value => {
    object[name] = value;
  },
  remove: () => {
    delete object[name];
  },
});

const elementTarget = (array: unknown[], index: number): Target => ({
  read: () => array[index],
  write: value => {
    if (index - array.length > BACKFILL_MAX)
      throw refuse(`can't backfill more than ${BACKFILL_MAX} elements`);
    while (array.length < index) array.push(null);
    array[index] = value;
  },
  remove: () => {
    if (index < array.length) array[index] = null;
  },
});
