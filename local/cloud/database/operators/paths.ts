/** How dotted paths reach into documents: a query looks through arrays in another way than an expression. */
import { isPlainObject, type Document } from '../document-values';

/** @param position index in the outermost array on the way, or null where there was none @returns true to stop */
export type Visit = (value: unknown, position: number | null) => boolean;

export interface PathQuestion {
  readonly parts: readonly string[];
  /** An array at the end of the path stands for its elements too. */
  readonly isLeafSpread: boolean;
  readonly visit: Visit;
}

const own = (object: Document, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** The array index that a part of a path is, or -1. */
export const indexOf = (part: string | undefined): number =>
  part !== undefined && /^(0|[1-9]\d*)$/.test(part) ? Number(part) : -1;

/**
 * Visits the values that a query sees at a path, until one is accepted. Elements of arrays that are no documents have
 * no value there; a document without the field has the value `undefined`.
 */
export function somePathValue(
  root: unknown,
  question: PathQuestion,
  from = 0,
  position: number | null = null,
): boolean {
  const { parts, visit } = question;
  let value = root;
  let depth = from;
  while (depth < parts.length && isPlainObject(value)) value = own(value, parts[depth++] as string);
  if (Array.isArray(value)) return someInArray(value, question, depth, position);
  return visit(depth < parts.length ? undefined : value, position);
}

function someInArray(
  array: readonly unknown[],
  question: PathQuestion,
  depth: number,
  position: number | null,
): boolean {
  const { parts, isLeafSpread, visit } = question;
  if (depth === parts.length) {
    const isElementAccepted =
      isLeafSpread && array.some((element, index) => visit(element, position ?? index));
    return isElementAccepted || visit(array, position);
  }
  const wanted = indexOf(parts[depth]);
  return array.some((element, index) => {
    const at = position ?? index;
    if (isPlainObject(element) && somePathValue(element, question, depth, at)) return true;
    return index === wanted && someAtIndex(element, question, depth + 1, at);
  });
}

/** A number in a path is an index as well as a name. An array found by its index stands for itself only. */
function someAtIndex(element: unknown, question: PathQuestion, depth: number, position: number): boolean {
  if (depth === question.parts.length) return question.visit(element, position);
  if (Array.isArray(element)) return someInArray(element, question, depth, position);
  return isPlainObject(element) && somePathValue(element, question, depth, position);
}

/** All values that a query sees at a path, the elements of arrays instead of the arrays. */
export function pathValues(document: Document, path: string): unknown[] {
  const found: unknown[] = [];
  somePathValue(document, {
    parts: path.split('.'),
    isLeafSpread: false,
    visit: value => {
      if (Array.isArray(value)) found.push(...(value as unknown[]));
      else found.push(value);
      return false;
    },
  });
  return found;
}

/** The value of a field path in an expression: through an array it is the list of what its documents have there. */
export function expressionPath(value: unknown, parts: readonly string[], from = 0): unknown {
  if (from === parts.length) return value;
  if (isPlainObject(value)) return expressionPath(own(value, parts[from] as string), parts, from + 1);
  if (!Array.isArray(value)) return undefined;
  return (value as unknown[])
    .filter(isPlainObject)
    .map(item => expressionPath(item, parts, from))
    .filter(item => item !== undefined);
}
