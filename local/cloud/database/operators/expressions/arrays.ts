/** Arrays and objects. */
import { isPlainObject, type Document } from '../../document-values';
import { refuse } from '../refuse';
import { areEqual, bsonTypeOf, compareValues, isNullish } from '../values';
import { namedParts, nullable, taking, variadic, withNames } from './arguments';
import { toBoolean } from './truth';
import type { OperatorCompiler, Operators } from './types';

const isInt = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) <= 2 ** 31;

function arrayOf(what: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refuse(`${what} must be an array, but is ${bsonTypeOf(value)}`);
  return value as unknown[];
}

function intOf(what: string, value: unknown): number {
  if (!isInt(value)) throw refuse(`${what} must be representable as a 32-bit integer: ${String(value)}`);
  return value;
}

const elementAt = taking(2, 2, (name, array, index) => {
  if (isNullish(array) || isNullish(index)) return null;
  const list = arrayOf(`${name}'s first argument`, array);
  if (typeof index !== 'number')
    throw refuse(`${name}'s second argument must be a numeric value, but is ${bsonTypeOf(index)}`);
  return list.at(intOf(`${name}'s second argument`, index));
});

const edgeElement = (index: number) =>
  taking(1, 1, (name, array) => (isNullish(array) ? null : arrayOf(`${name}'s argument`, array).at(index)));

const size = taking(1, 1, (name, value) => {
  if (!Array.isArray(value))
    throw refuse(`The argument to ${name} must be an array, but was of type: ${bsonTypeOf(value)}`);
  return value.length;
});

const concatArrays = variadic((values, name) => {
  if (values.some(isNullish)) return null;
  return values.flatMap(value => {
    if (!Array.isArray(value)) throw refuse(`${name} only supports arrays, not ${bsonTypeOf(value)}`);
    return value as unknown[];
  });
});

const isIn = taking(2, 2, (name, value, array) => {
  if (!Array.isArray(array))
    throw refuse(`${name} requires an array as a second argument, found: ${bsonTypeOf(array)}`);
  return array.some(item => areEqual(item, value));
});

function position(name: string, which: string, value: unknown): number {
  const index = intOf(`${name} requires an integral ${which} index, which`, value);
  if (index < 0) throw refuse(`${name} requires a nonnegative ${which} index, found: ${index}`);
  return index;
}

const indexOfArray = taking(2, 4, (name, array, wanted, ...bounds) => {
  if (isNullish(array)) return null;
  const list = arrayOf(`${name}'s first argument`, array);
  const from = bounds.length > 0 ? position(name, 'starting', bounds[0]) : 0;
  const to = bounds.length > 1 ? position(name, 'ending', bounds[1]) : list.length;
  return list.findIndex((item, i) => i >= from && i < to && areEqual(item, wanted));
});

const RANGE_MAX = 1_000_000;

const range = taking(2, 3, (name, start, end, ...steps) => {
  const step = steps.length ? steps[0] : 1;
  const [from, to, by] = [
    intOf(`${name}'s starting value`, start),
    intOf(`${name}'s ending value`, end),
    intOf(`${name}'s step value`, step),
  ];
  if (by === 0) throw refuse(`${name} requires a non-zero step value`);
  const length = Math.max(0, Math.ceil((to - from) / by));
  if (length > RANGE_MAX) throw refuse(`${name} would make more than ${RANGE_MAX} elements`);
  return Array.from({ length }, (_, i) => from + i * by);
});

const reverse = nullable(1, (name, value: unknown) =>
  [...arrayOf(`The argument to ${name}`, value)].reverse(),
);

const slice = taking(2, 3, (name, array, first, ...counts) => {
  const [count] = counts;
  if (isNullish(array) || isNullish(first) || (counts.length && isNullish(count))) return null;
  const list = arrayOf(`First argument to ${name}`, array);
  const start = intOf(`Second argument to ${name}`, first);
  if (counts.length === 0) return start < 0 ? list.slice(start) : list.slice(0, start);
  const length = intOf(`Third argument to ${name}`, count);
  if (length <= 0) throw refuse(`Third argument to ${name} must be positive: ${length}`);
  const from = start < 0 ? Math.max(0, list.length + start) : start;
  return list.slice(from, from + length);
});

const zip: OperatorCompiler = (argument, compiler) => {
  const fields = { required: ['inputs'], optional: ['useLongestLength', 'defaults'] };
  const { inputs, useLongestLength, defaults } = namedParts('$zip', argument, fields, compiler);
  return scope => {
    const lists = arrayOf('inputs of $zip', inputs?.(scope));
    if (lists.length === 0) throw refuse('inputs of $zip must be an array of at least one array');
    if (lists.some(isNullish)) return null;
    const arrays = lists.map(list => arrayOf('an input of $zip', list));
    const isLongest = useLongestLength?.(scope) ?? false;
    if (typeof isLongest !== 'boolean') throw refuse('useLongestLength of $zip must be a bool');
    return zipped(arrays, isLongest, defaults?.(scope) ?? null);
  };
};

function zipped(arrays: unknown[][], isLongest: boolean, defaults: unknown): unknown[][] {
  if (defaults !== null && !isLongest)
    throw refuse('cannot specify defaults of $zip unless useLongestLength is true');
  const fill = defaults === null ? [] : arrayOf('defaults of $zip', defaults);
  if (defaults !== null && fill.length !== arrays.length)
    throw refuse('defaults and inputs of $zip must have the same length');
  const lengths = arrays.map(array => array.length);
  const length = isLongest ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length }, (_, i) =>
    arrays.map((array, j) => (i < array.length ? array[i] : (fill[j] ?? null))),
  );
}

const arrayToObject = nullable(1, (name, value: unknown) => {
  const entries = arrayOf(`${name}'s argument`, value).map(entry => pairOf(name, entry));
  return Object.fromEntries(entries);
});

function pairOf(name: string, entry: unknown): [string, unknown] {
  const pair: unknown = isPlainObject(entry) ? [entry.k, entry.v] : entry;
  const isShaped = isPlainObject(entry) ? Object.keys(entry).sort().join() === 'k,v' : true;
  if (!Array.isArray(pair) || pair.length !== 2 || !isShaped)
    throw refuse(`${name} requires an array of size 2 arrays, or of objects with 'k' and 'v'`);
  const [key, item] = pair as unknown[];
  if (typeof key !== 'string')
    throw refuse(`${name} requires keys of type string, found type: ${bsonTypeOf(key)}`);
  return [key, item];
}

const objectToArray = nullable(1, (name, value: unknown) => {
  if (!isPlainObject(value)) throw refuse(`${name} requires a document input, found: ${bsonTypeOf(value)}`);
  return Object.entries(value).map(([k, v]) => ({ k, v }));
});

const mergeObjects = variadic((values, name) => {
  const list = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
  return mergeAll(list, name);
});

/** Later fields win; what is null or missing adds nothing. */
export function mergeAll(values: readonly unknown[], name = '$mergeObjects'): Document {
  const merged: Document = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isPlainObject(value))
      throw refuse(`${name} requires object inputs, but input is of type ${bsonTypeOf(value)}`);
    Object.assign(merged, value);
  }
  return merged;
}

const sortArray: OperatorCompiler = (argument, compiler) => {
  const { input, sortBy } = namedParts('$sortArray', argument, { required: ['input', 'sortBy'] }, compiler);
  return scope => {
    const array = input?.(scope);
    if (isNullish(array)) return null;
    const order = orderBy(sortBy?.(scope));
    return [...arrayOf('The input argument to $sortArray', array)].sort(order);
  };
};

/** By a direction, or by the fields of an object with a direction each. */
export function orderBy(spec: unknown): (one: unknown, other: unknown) => number {
  if (spec === 1 || spec === -1) return (one, other) => spec * compareValues(one, other);
  if (!isPlainObject(spec) || Object.values(spec).some(way => way !== 1 && way !== -1))
    throw refuse('sort directions must be 1 or -1');
  const keys = Object.entries(spec as Record<string, number>);
  const read = (value: unknown, path: string) =>
    path.split('.').reduce<unknown>((at, part) => (isPlainObject(at) ? at[part] : undefined), value) ?? null;
  return (one, other) => {
    for (const [path, direction] of keys) {
      const order = compareValues(read(one, path), read(other, path));
      if (order !== 0) return order * direction;
    }
    return 0;
  };
}

const allTrue = (isAll: boolean) =>
  taking(1, 1, (name, value) => {
    const list = arrayOf(`${name}'s argument`, value);
    return isAll ? list.every(toBoolean) : list.some(toBoolean);
  });

export const arrayOperators: Operators = {
  ...withNames({
    $allElementsTrue: allTrue(true),
    $anyElementTrue: allTrue(false),
    $arrayElemAt: elementAt,
    $arrayToObject: arrayToObject,
    $concatArrays: concatArrays,
    $first: edgeElement(0),
    $in: isIn,
    $indexOfArray: indexOfArray,
    $isArray: taking(1, 1, (_name, value) => Array.isArray(value)),
    $last: edgeElement(-1),
    $mergeObjects: mergeObjects,
    $objectToArray: objectToArray,
    $range: range,
    $reverseArray: reverse,
    $size: size,
    $slice: slice,
  }),
  $sortArray: sortArray,
  $zip: zip,
};
