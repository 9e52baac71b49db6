/** `$unwind`: one document for each element of an array. */
import { isPlainObject, type Document } from '../document-values';
import { expressionPath } from './paths';
import { refuse } from './refuse';
import type { StageRun } from './stage-types';
import { isNullish } from './values';

interface Unwind {
  readonly parts: readonly string[];
  readonly indexField: string[] | null;
  readonly isEmptyKept: boolean;
}

export function compileUnwind(spec: unknown): StageRun {
  const unwind = parse(spec);
  return function* (input) {
    for (const document of input) yield* unwound(document, unwind);
  };
}

function parse(spec: unknown): Unwind {
  const given = typeof spec === 'string' ? { path: spec } : spec;
  if (!isPlainObject(given))
    throw refuse('expected either a string or an object as specification for $unwind stage');
  const { path, includeArrayIndex = null, preserveNullAndEmptyArrays = false, ...others } = given;
  const [unknown] = Object.keys(others);
  if (unknown) throw refuse(`unrecognized option to $unwind stage: ${unknown}`);
  if (typeof path !== 'string') throw refuse('no path specified to $unwind stage');
  if (!path.startsWith('$'))
    throw refuse(`path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (typeof preserveNullAndEmptyArrays !== 'boolean')
    throw refuse('expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  const isIndexName =
    typeof includeArrayIndex === 'string' && includeArrayIndex && !includeArrayIndex.startsWith('$');
  if (includeArrayIndex !== null && !isIndexName)
    throw refuse('expected a non-empty string without $ for the includeArrayIndex option to $unwind stage');
  return {
    parts: path.slice(1).split('.'),
    indexField: isIndexName ? includeArrayIndex.split('.') : null,
    isEmptyKept: preserveNullAndEmptyArrays,
  };
}

function* unwound(document: Document, { parts, indexField, isEmptyKept }: Unwind): Generator<Document, void> {
  const value = valueAt(document, parts);
  const withIndex = (made: Document, index: number | null) =>
    indexField ? setAt(made, indexField, index) : made;
  if (!Array.isArray(value)) {
    if (!isNullish(value) || isEmptyKept) yield withIndex(document, null);
    return;
  }
  if (value.length === 0 && isEmptyKept) yield withIndex(setAt(document, parts, undefined), null);
  for (const [index, element] of value.entries()) yield withIndex(setAt(document, parts, element), index);
}

/** Only documents are walked through: an array before the end of the path has nothing there. */
function valueAt(document: Document, parts: readonly string[]): unknown {
  const parent = parts
    .slice(0, -1)
    .reduce<unknown>((at, part) => (isPlainObject(at) ? at[part] : undefined), document);
  return isPlainObject(parent) ? expressionPath(parent, parts.slice(-1)) : undefined;
}

/** A copy with another value at the path; undefined takes the field away. */
export function setAt(document: Document, [name = '', ...rest]: readonly string[], value: unknown): Document {
  const child = document[name];
  const made = rest.length ? setAt(isPlainObject(child) ? child : {}, rest, value) : value;
  const copy = { ...document, [name]: made };
  if (made === undefined) delete copy[name];
  return copy;
}
