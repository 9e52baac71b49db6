/** Dates: their parts, and dates made of parts or texts. Null or missing makes null. */
import { isPlainObject } from '../../document-values';
import { refuse } from '../refuse';
import { bsonTypeOf, isNullish } from '../values';
import { namedParts } from './arguments';
import { formatDate, parseDate } from './date-formats';
import { dateFields, dateOf, fromZone, inZone, zoneOf } from './time-zones';
import type { Compiler, Evaluate, OperatorCompiler, Operators, Scope } from './types';

/** `{$year: date}`, `{$year: [date]}` or `{$year: {date, timezone}}`. */
const partOf =
  (name: string, read: (date: Date) => number): OperatorCompiler =>
  (argument, compiler) => {
    const { date, timezone } = dateArgument(name, argument, compiler);
    return scope => {
      const [value, zone] = [date(scope), timezone(scope)];
      if (isNullish(value) || zone === null) return null;
      return read(inZone(dateOf(value), zone));
    };
  };

type Zone = (scope: Scope) => string | null;

const zonePart = (part: Evaluate | undefined): Zone => (part ? scope => zoneOf(part(scope)) : () => 'UTC');

function dateArgument(
  name: string,
  argument: unknown,
  compiler: Compiler,
): { date: Evaluate; timezone: Zone } {
  if (isPlainObject(argument) && !Object.keys(argument)[0]?.startsWith('$')) {
    const fields = { required: ['date'], optional: ['timezone'] };
    const { date, timezone } = namedParts(name, argument, fields, compiler);
    return { date: date as Evaluate, timezone: zonePart(timezone) };
  }
  if (Array.isArray(argument) && argument.length !== 1)
    throw refuse(`${name} accepts exactly one argument if given an array, but was given ${argument.length}`);
  const only = Array.isArray(argument) ? (argument[0] as unknown) : argument;
  return { date: compiler.compile(only), timezone: zonePart(undefined) };
}

const dateToString: OperatorCompiler = (argument, compiler) => {
  const fields = { required: ['date'], optional: ['format', 'timezone', 'onNull'] };
  const { date, format, timezone, onNull } = namedParts('$dateToString', argument, fields, compiler);
  const zonedPart = zonePart(timezone);
  return scope => {
    const [value, zone, wanted] = [date?.(scope), zonedPart(scope), format?.(scope)];
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    if (zone === null || (format && isNullish(wanted))) return null;
    if (format && typeof wanted !== 'string')
      throw refuse(`$dateToString requires that 'format' be a string, found: ${bsonTypeOf(wanted)}`);
    return formatDate(dateOf(value), zone, wanted as string | undefined);
  };
};

const dateFromString: OperatorCompiler = (argument, compiler) => {
  const fields = { required: ['dateString'], optional: ['format', 'timezone', 'onError', 'onNull'] };
  const parts = namedParts('$dateFromString', argument, fields, compiler);
  const timezone = zonePart(parts.timezone);
  return scope => {
    const [text, zone, format] = [parts.dateString?.(scope), timezone(scope), parts.format?.(scope)];
    if (isNullish(text)) return parts.onNull ? parts.onNull(scope) : null;
    if (zone === null || (parts.format && isNullish(format))) return null;
    if (!parts.onError) return parseDate(text, zone, format, parts.timezone !== undefined);
    try {
      return parseDate(text, zone, format, parts.timezone !== undefined);
    } catch {
      return parts.onError(scope);
    }
  };
};

const CLOCK = ['hour', 'minute', 'second', 'millisecond'];
const ISO_DAY = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];

const dateToParts: OperatorCompiler = (argument, compiler) => {
  const fields = { required: ['date'], optional: ['timezone', 'iso8601'] };
  const { date, timezone, iso8601 } = namedParts('$dateToParts', argument, fields, compiler);
  const zonedPart = zonePart(timezone);
  return scope => {
    const [value, zone, isIso] = [date?.(scope), zonedPart(scope), iso8601 ? iso8601(scope) : false];
    if (isNullish(value) || zone === null || isNullish(isIso)) return null;
    if (typeof isIso !== 'boolean') throw refuse('iso8601 must evaluate to a bool');
    const shown = inZone(dateOf(value), zone);
    const days = isIso
      ? ISO_DAY.map(name => [name, name])
      : [
          ['year', 'year'],
          ['month', 'month'],
          ['day', 'dayOfMonth'],
        ];
    return Object.fromEntries(
      [...days, ...CLOCK.map(name => [name, name])].map(([name, field]) => [
        name,
        dateFields[field as keyof typeof dateFields](shown),
      ]),
    );
  };
};

const dateFromParts: OperatorCompiler = (argument, compiler) => {
  const isIso = isPlainObject(argument) && 'isoWeekYear' in argument;
  const day = isIso ? ['isoWeek', 'isoDayOfWeek'] : ['month', 'day'];
  const fields = {
    required: [isIso ? 'isoWeekYear' : 'year'],
    optional: [...day, ...CLOCK, 'timezone'],
  };
  const { timezone, ...parts } = namedParts('$dateFromParts', argument, fields, compiler);
  const zonedPart = zonePart(timezone);
  return scope => {
    const zone = zonedPart(scope);
    const values = Object.entries(parts).map(([name, evaluate]) => [name, evaluate(scope)] as const);
    if (zone === null || values.some(([, value]) => isNullish(value))) return null;
    const numbers = Object.fromEntries(values.map(([name, value]) => [name, wholePart(name, value)]));
    return fromZone(isIso ? dateOfIsoParts(numbers) : dateOfParts(numbers), zone);
  };
};

function wholePart(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw refuse(
      `'${name}' must evaluate to an integer, found ${bsonTypeOf(value)} with value ${String(value)}`,
    );
  const isYear = name === 'year' || name === 'isoWeekYear';
  if (isYear && (value < 1 || value > 9999))
    throw refuse(`'${name}' must evaluate to an integer in the range 1 to 9999, found ${value}`);
  if (Math.abs(value) > 32_767 && name !== 'millisecond' && name !== 'second')
    throw refuse(`'${name}' must evaluate to a value in the range [-32768, 32767]; value ${value}`);
  return value;
}

type Parts = Readonly<Record<string, number>>;

/** Parts beyond their range carry over into the next larger one. */
function dateOfParts({ year = 1970, month = 1, day = 1, ...clock }: Parts): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return withClock(date, clock);
}

function dateOfIsoParts({ isoWeekYear = 1970, isoWeek = 1, isoDayOfWeek = 1, ...clock }: Parts): Date {
  const date = new Date(0);
  date.setUTCFullYear(isoWeekYear, 0, 4);
  const monday = date.getUTCDate() - (date.getUTCDay() || 7) + 1;
  date.setUTCDate(monday + (isoWeek - 1) * 7 + isoDayOfWeek - 1);
  return withClock(date, clock);
}

function withClock(date: Date, { hour = 0, minute = 0, second = 0, millisecond = 0 }: Parts): Date {
  date.setUTCHours(hour, minute, second, millisecond);
  return date;
}

const partOperators = Object.fromEntries(
  Object.entries(dateFields).map(([field, read]) => [`$${field}`, partOf(`$${field}`, read)]),
);

export const dateOperators: Operators = {
  ...partOperators,
  $dateFromParts: dateFromParts,
  $dateFromString: dateFromString,
  $dateToParts: dateToParts,
  $dateToString: dateToString,
};
