/** Types of values, and values of one type made of another. */
import { notSupported, refuse } from '../refuse';
import { bsonTypeOf, isNullish } from '../values';
import { namedParts, nullable, taking, withNames } from './arguments';
import { toBoolean } from './truth';
import type { OperatorCompiler, Operators } from './types';

type Convert = (value: unknown) => unknown;

const cannot = (value: unknown, to: string) =>
  refuse(`Unsupported conversion from ${bsonTypeOf(value)} to ${to} in $convert with no onError value`);

function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw cannot(value, 'string');
}

function toNumber(value: unknown, to: string, isText: RegExp): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date && to !== 'int') return value.getTime();
  if (typeof value !== 'string') throw cannot(value, to);
  if (!isText.test(value))
    throw refuse(`Failed to parse number '${value}' in $convert with no onError value`);
  return Number(value);
}

const WHOLE = /^[-+]?\d+$/;
const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const INT_MAX = 2 ** 31;

function toWhole(value: unknown, to: 'int' | 'long'): number {
  const number = Math.trunc(toNumber(value, to, WHOLE));
  const limit = to === 'int' ? INT_MAX : 2 ** 63;
  if (!(number >= -limit && number < limit))
    throw refuse(`Conversion would overflow target type in $convert with no onError value: ${String(value)}`);
  return number;
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}(:\d{2}(:\d{2}(\.\d{1,3})?)?)?)?\s*(Z|[-+]\d{2}:?\d{2})?$/;

/** The moment that a text in ISO 8601 form names; without a zone it is UTC. Null for other texts. */
export function parseIsoDate(text: string): Date | null {
  const [, time, , , , zone] = ISO_DATE.exec(text) ?? [];
  if (!ISO_DATE.test(text)) return null;
  const padded = time && time.length === 3 ? text.replace(time, `${time}:00`) : text;
  const date = new Date(zone || !time ? padded : `${padded}Z`);
  return Number.isNaN(date.getTime()) || !isRealDay(text) ? null : date;
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isRealDay(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00Z`);
  return day.getUTCDate() === Number(text.slice(8, 10));
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (typeof value === 'number') return new Date(Math.trunc(value));
  const date = typeof value === 'string' ? parseIsoDate(value) : null;
  if (date) return date;
  if (typeof value === 'string')
    throw refuse(`Error parsing date string '${value}' in $convert with no onError value`);
  throw cannot(value, 'date');
}

const CONVERT: Record<string, Convert> = {
  bool: value => toBoolean(value),
  date: toDate,
  double: value => toNumber(value, 'double', DECIMAL),
  int: value => toWhole(value, 'int'),
  long: value => toWhole(value, 'long'),
  string: toText,
};
const NUMBERS: Record<number, string> = {
  1: 'double',
  2: 'string',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
};

const converting = (to: string) => nullable(1, (_name, value: unknown) => CONVERT[to]?.(value));

const convert: OperatorCompiler = (argument, compiler) => {
  const fields = { required: ['input', 'to'], optional: ['onError', 'onNull'] };
  const { input, to, onError, onNull } = namedParts('$convert', argument, fields, compiler);
  return scope => {
    const [value, wanted] = [input?.(scope), to?.(scope)];
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    if (isNullish(wanted)) return null;
    const name = typeof wanted === 'number' ? NUMBERS[wanted] : wanted;
    const apply = typeof name === 'string' && Object.hasOwn(CONVERT, name) ? CONVERT[name] : undefined;
    if (!apply) throw notSupported(`$convert to ${String(wanted)}`);
    if (!onError) return apply(value);
    try {
      return apply(value);
    } catch {
      return onError(scope);
    }
  };
};

export const typeOperators: Operators = {
  ...withNames({
    $isNumber: taking(1, 1, (_name, value) => typeof value === 'number'),
    $toBool: converting('bool'),
    $toDate: converting('date'),
    $toDouble: converting('double'),
    $toInt: converting('int'),
    $toLong: converting('long'),
    $toString: converting('string'),
    $type: taking(1, 1, (_name, value) => bsonTypeOf(value)),
  }),
  $convert: convert,
};
