/** Query operators that look at one value at a time, whatever path it was found at. */
import { isPlainObject } from '../document-values';
import { compileRegExp } from './regular-expressions';
import { refuse } from './refuse';
import { bsonTypeOf, compareValues, isNullish, isOperatorObject, keyOf, typeOfValue } from './values';

/** `undefined` is a field that is not there. */
export type ValueTest = (value: unknown) => boolean;

/** The test for one operator. @throws AdminError for an unknown operator or an operand that MongoDB would refuse */
export function valueTest(name: string, wanted: unknown, options?: unknown): ValueTest {
  const compile = Object.hasOwn(VALUE_TESTS, name) ? VALUE_TESTS[name] : undefined;
  if (!compile) throw refuse(`unknown operator: ${name}`);
  return compile(wanted, options);
}

const VALUE_TESTS: Record<string, (wanted: unknown, options: unknown) => ValueTest> = {
  $eq: wanted => equalTo(wanted),
  $gt: wanted => comparing('$gt', wanted, order => order > 0),
  $gte: wanted => comparing('$gte', wanted, order => order >= 0),
  $lt: wanted => comparing('$lt', wanted, order => order < 0),
  $lte: wanted => comparing('$lte', wanted, order => order <= 0),
  $in: wanted => oneOf(wanted),
  $type: wanted => ofType(wanted),
  $mod: wanted => modulo(wanted),
  $regex: (wanted, options) => matching(wanted, options),
  $bitsAllSet: wanted => bits('$bitsAllSet', wanted, (value, mask) => (value & mask) === mask),
  $bitsAnySet: wanted => bits('$bitsAnySet', wanted, (value, mask) => (value & mask) !== 0n),
  $bitsAllClear: wanted => bits('$bitsAllClear', wanted, (value, mask) => (value & mask) === 0n),
  $bitsAnyClear: wanted => bits('$bitsAnyClear', wanted, (value, mask) => (value & mask) !== mask),
};

/** A field that is not there equals null. */
function equalTo(wanted: unknown): ValueTest {
  if (wanted === undefined) throw refuse('cannot compare to undefined');
  if (wanted === null) return isNullish;
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return value => value === wanted;
  return value => value !== undefined && compareValues(value, wanted) === 0;
}

/** Values of another type are neither less nor greater; null and NaN have only themselves beside them. */
function comparing(name: string, wanted: unknown, isWanted: (order: number) => boolean): ValueTest {
  if (wanted === undefined) throw refuse('cannot compare to undefined');
  if (wanted instanceof RegExp) throw refuse(`Can't have RegEx as arg to predicate over field (${name})`);
  if (wanted === null) return value => isNullish(value) && isWanted(0);
  const type = typeOfValue(wanted);
  return value => {
    if (typeOfValue(value) !== type) return false;
    if (type === 'number' && (Number.isNaN(value) || Number.isNaN(wanted)))
      return Object.is(value, wanted) && isWanted(0);
    return isWanted(compareValues(value, wanted));
  };
}

const isPrimitive = (value: unknown) => typeof value !== 'object' || value === null;

/** Lists of ids are long, so the values are looked up. */
function oneOf(wanted: unknown): ValueTest {
  if (!Array.isArray(wanted)) throw refuse('$in needs an array');
  if (wanted.some(isOperatorObject)) throw refuse('cannot nest $ under $in');
  const expressions = wanted.filter(item => item instanceof RegExp).map(item => matching(item, undefined));
  const primitives = new Set<unknown>(wanted.filter(isPrimitive));
  const keys = new Set(wanted.filter(item => !isPrimitive(item)).map(keyOf));
  return value => {
    if (isPrimitive(value) ? primitives.has(value ?? null) : keys.size > 0 && keys.has(keyOf(value)))
      return true;
    return expressions.some(test => test(value));
  };
}

const TYPE_NUMBERS: Record<number, string> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  [-1]: 'minKey',
  127: 'maxKey',
};
const TYPE_NAMES = new Set(['number', ...Object.values(TYPE_NUMBERS)]);

/** The names of types that `$type` and `bsonType` were given as names or numbers. */
export function typeNames(wanted: unknown): string[] {
  const list = Array.isArray(wanted) ? (wanted as unknown[]) : [wanted];
  if (list.length === 0) throw refuse('must match at least one type');
  return list.map(item => {
    const name = typeof item === 'number' ? TYPE_NUMBERS[item] : item;
    if (typeof item === 'number' && name === undefined) throw refuse(`Invalid numerical type code: ${item}`);
    if (typeof name !== 'string') throw refuse('type must be represented as a number or a string');
    if (!TYPE_NAMES.has(name)) throw refuse(`Unknown type name alias: ${name}`);
    return name;
  });
}

/** Whether a value is of one of the types. */
export function isOfType(value: unknown, names: readonly string[]): boolean {
  return names.includes(bsonTypeOf(value)) || (typeof value === 'number' && names.includes('number'));
}

function ofType(wanted: unknown): ValueTest {
  const names = typeNames(wanted);
  return value => value !== undefined && isOfType(value, names);
}

function modulo(wanted: unknown): ValueTest {
  if (!Array.isArray(wanted)) throw refuse('malformed mod, needs to be an array');
  if (wanted.length < 2) throw refuse('malformed mod, not enough elements');
  if (wanted.length > 2) throw refuse('malformed mod, too many elements');
  const [divisor, remainder] = (wanted as unknown[]).map(wholeNumber);
  if (!divisor) throw refuse('divisor cannot be 0');
  return value =>
    typeof value === 'number' &&
    Number.isFinite(value) &&
    // -0 and 0 are the same remainder
    Math.trunc(value) % divisor === (remainder ?? 0);
}

function wholeNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('malformed mod, needs numbers');
  return Math.trunc(value);
}

function matching(wanted: unknown, options: unknown): ValueTest {
  const expression = compileRegExp(wanted, options);
  return value =>
    typeof value === 'string'
      ? expression.test(value)
      : value instanceof RegExp && wanted instanceof RegExp && String(value) === String(wanted);
}

function bits(name: string, wanted: unknown, isWanted: (value: bigint, mask: bigint) => boolean): ValueTest {
  const mask = bitMask(name, wanted);
  return value => typeof value === 'number' && Number.isSafeInteger(value) && isWanted(BigInt(value), mask);
}

function bitMask(name: string, wanted: unknown): bigint {
  const positions = Array.isArray(wanted) ? (wanted as unknown[]) : null;
  const isNatural = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  if (positions?.every(isNatural))
    return (positions as number[]).reduce((mask, position) => mask | (1n << BigInt(position)), 0n);
  if (!positions && isNatural(wanted)) return BigInt(wanted as number);
  throw refuse(`${name} takes an Array, a number, or a BinData but received: ${describe(wanted)}`);
}

const describe = (value: unknown) => (isPlainObject(value) ? 'an object' : JSON.stringify(value));
