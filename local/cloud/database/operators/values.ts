/**
 * Values as BSON orders, compares and names them (MongoDB manual, "Comparison/Sort Order"). `undefined` stands for a
 * missing field, which is less than null.
 */
import { isPlainObject, type Document } from '../document-values';

/** Where values of different types stand in the order of all values. */
const RANK = { missing: 0, null: 1, number: 2, string: 3, object: 4, array: 5, bool: 6, date: 7, regex: 8 };

export type TypeName = keyof typeof RANK;

/** The type of a value in the order of all values: every kind of number is one type. */
export function typeOfValue(value: unknown): TypeName {
  const type = typeof value;
  if (type === 'number' || type === 'string') return type;
  if (type === 'boolean') return 'bool';
  return value === undefined ? 'missing' : objectType(value);
}

function objectType(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  return value instanceof RegExp ? 'regex' : 'object';
}

const INT_MAX = 2 ** 31;

/** The name that `$type` gives a value. Whole numbers count as int or long, because stored text keeps no other sign. */
export function bsonTypeOf(value: unknown): string {
  if (typeof value !== 'number') return typeOfValue(value);
  if (!Number.isInteger(value)) return 'double';
  if (value >= -INT_MAX && value < INT_MAX) return 'int';
  return Number.isSafeInteger(value) ? 'long' : 'double';
}

export const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;

const sign = (one: number | string | boolean, other: number | string | boolean): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** NaN is less than every other number and equal to itself. */
function compareNumbers(one: number, other: number): number {
  if (Number.isNaN(one)) return Number.isNaN(other) ? 0 : -1;
  return Number.isNaN(other) ? 1 : sign(one, other);
}

const SURROGATES_FROM = 0xd800;
const AFTER_SURROGATES = 0xe000;

/** Characters beyond U+FFFF are stored as surrogates, but come after all others in UTF-8. */
const codePointOrder = (unit: number) => {
  if (unit < SURROGATES_FROM) return unit;
  return unit >= AFTER_SURROGATES ? unit - 0x800 : unit + 0x2000;
};

/** Compares as UTF-8 does, byte by byte. */
function compareStrings(one: string, other: string): number {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [one.charCodeAt(i), other.charCodeAt(i)];
    if (a !== b) return sign(codePointOrder(a), codePointOrder(b));
  }
  return sign(one.length, other.length);
}

function compareArrays(one: readonly unknown[], other: readonly unknown[]): number {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(one[i], other[i]);
    if (order !== 0) return order;
  }
  return sign(one.length, other.length);
}

/** Field by field in the order in which they stand: type, then name, then value. */
function compareObjects(one: Document, other: Document): number {
  const [names, otherNames] = [Object.keys(one), Object.keys(other)];
  const length = Math.min(names.length, otherNames.length);
  for (let i = 0; i < length; i++) {
    const [name = '', otherName = ''] = [names[i], otherNames[i]];
    const order =
      rankOf(one[name]) - rankOf(other[otherName]) ||
      compareStrings(name, otherName) ||
      compareValues(one[name], other[otherName]);
    if (order !== 0) return order;
  }
  return sign(names.length, otherNames.length);
}

const rankOf = (value: unknown) => RANK[typeOfValue(value)];

/** Negative, zero or positive, in the order of all values. */
export function compareValues(one: unknown, other: unknown): number {
  if (one === other) return 0;
  const type = typeOfValue(one);
  const difference = RANK[type] - rankOf(other);
  if (difference !== 0) return difference;
  switch (type) {
    case 'number':
      return compareNumbers(one as number, other as number);
    case 'string':
      return compareStrings(one as string, other as string);
    case 'bool':
      return sign(one as boolean, other as boolean);
    case 'date':
      return compareNumbers((one as Date).getTime(), (other as Date).getTime());
    case 'array':
      return compareArrays(one as unknown[], other as unknown[]);
    case 'object':
      return compareObjects(one as Document, other as Document);
    case 'regex':
      return compareStrings(String(one), String(other));
    case 'missing':
    case 'null':
      return 0;
  }
}

/** The same type and value, with the fields of objects in the same order. */
export const areEqual = (one: unknown, other: unknown): boolean => compareValues(one, other) === 0;

/** A text that equal values share and no others: the key of a group or a set. */
export function keyOf(value: unknown): string {
  switch (typeOfValue(value)) {
    case 'number':
      return `#${String(value)}`;
    case 'string':
      return JSON.stringify(value);
    case 'date':
      return `@${(value as Date).getTime()}`;
    case 'array':
      return `[${(value as unknown[]).map(keyOf).join()}]`;
    case 'object':
      return `{${Object.entries(value as Document)
        .map(([name, item]) => `${JSON.stringify(name)}:${keyOf(item)}`)
        .join()}}`;
    case 'missing':
    case 'null':
    case 'bool':
    case 'regex':
      return String(value);
  }
}

/** Each value once, the first of equal ones. */
export function distinct(values: readonly unknown[]): unknown[] {
  const byKey = new Map<string, unknown>();
  for (const value of values) {
    const key = keyOf(value);
    if (!byKey.has(key)) byKey.set(key, value);
  }
  return [...byKey.values()];
}

/** An object whose first field is an operator, e.g. `{$gt: 5}`. */
export const isOperatorObject = (value: unknown): value is Document =>
  isPlainObject(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);
