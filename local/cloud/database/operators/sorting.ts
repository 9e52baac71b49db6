/** Sorting: null and missing are alike; an array counts by its least element, or downwards by its greatest. */
import { isPlainObject, type Document } from '../document-values';
import { somePathValue } from './paths';
import { notSupported, refuse } from './refuse';
import { compareValues } from './values';

type Direction = 1 | -1;

/** Compiles field names with 1 or -1 into a sort of documents. @throws AdminError for other directions */
export function compileSort(spec: unknown): (documents: readonly Document[]) => Document[] {
  const keys = sortKeys(spec);
  return documents =>
    documents
      .map(document => ({ document, values: keys.map(([parts, way]) => sortValue(document, parts, way)) }))
      .sort((one, other) => {
        for (const [i, [, way]] of keys.entries()) {
          const order = compareValues(one.values[i], other.values[i]);
          if (order !== 0) return order * way;
        }
        return 0;
      })
      .map(({ document }) => document);
}

function sortKeys(spec: unknown): [string[], Direction][] {
  if (!isPlainObject(spec)) throw refuse('the $sort key specification must be an object');
  const entries = Object.entries(spec);
  if (entries.length === 0) throw refuse('$sort stage must have at least one sort key');
  return entries.map(([path, way]) => {
    if (isPlainObject(way) && '$meta' in way) throw notSupported('$meta');
    if (way !== 1 && way !== -1)
      throw refuse('$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return [path.split('.'), way];
  });
}

/** An empty array comes before null, so it is left as missing. */
function sortValue(document: Document, parts: readonly string[], way: Direction): unknown {
  const found: unknown[] = [];
  let isSpread = false;
  const visit = (value: unknown) => {
    isSpread ||= Array.isArray(value);
    if (Array.isArray(value)) found.push(...(value.length ? (value as unknown[]) : [undefined]));
    else found.push(value ?? null);
    return false;
  };
  somePathValue(document, { parts, isLeafSpread: false, visit });
  if (found.length === 0) return null;
  return found.reduce((best, value) => (compareValues(value, best) * way < 0 ? value : best));
}
