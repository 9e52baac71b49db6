/** Arithmetic: null or missing makes null, every other type than a number is refused. */
import { notSupported, refuse } from '../refuse';
import { bsonTypeOf, isNullish } from '../values';
import { nullable, taking, variadic, withNames } from './arguments';
import type { Operators } from './types';

function numberOf(name: string, value: unknown): number {
  if (typeof value !== 'number')
    throw refuse(`${name} only supports numeric types, not ${bsonTypeOf(value)}`);
  return value;
}

const ofNumber = (compute: (value: number, name: string) => number) =>
  nullable(1, (name, value: unknown) => compute(numberOf(name, value), name));

const ofNumbers = (compute: (one: number, other: number, name: string) => number) =>
  nullable(2, (name, one: unknown, other: unknown) =>
    compute(numberOf(name, one), numberOf(name, other), name),
  );

/** One date may be among the numbers, which are milliseconds then. */
const add = variadic((values, name) => {
  if (values.some(isNullish)) return null;
  const dates = values.filter(value => value instanceof Date);
  if (dates.length > 1) throw refuse('only one date allowed in an $add expression');
  let sum = 0;
  for (const value of values) {
    if (!(value instanceof Date) && typeof value !== 'number')
      throw refuse(`${name} only supports numeric or date types, not ${bsonTypeOf(value)}`);
    sum += Number(value);
  }
  return dates.length ? new Date(sum) : sum;
});

const multiply = variadic((values, name) => {
  if (values.some(isNullish)) return null;
  return values.reduce<number>((product, value) => product * numberOf(name, value), 1);
});

const subtract = nullable(2, (_name, one: unknown, other: unknown) => {
  const isDate = one instanceof Date;
  if (isDate && other instanceof Date) return one.getTime() - other.getTime();
  if ((isDate || typeof one === 'number') && typeof other === 'number') {
    const difference = Number(one) - other;
    return isDate ? new Date(difference) : difference;
  }
  throw refuse(`can't $subtract ${bsonTypeOf(other)} from ${bsonTypeOf(one)}`);
});

function positive(name: string, value: number): number {
  if (value <= 0) throw refuse(`${name}'s argument must be a positive number, but is ${value}`);
  return value;
}

function logarithm(value: number, base: number): number {
  positive('$log', value);
  if (base <= 0 || base === 1)
    throw refuse(`$log's base must be a positive number not equal to 1, but is ${base}`);
  return Math.log(value) / Math.log(base);
}

function power(base: number, exponent: number): number {
  if (base === 0 && exponent < 0) throw refuse('$pow cannot take a base of 0 and a negative exponent');
  return base ** exponent;
}

function root(value: number): number {
  if (value < 0) throw refuse("$sqrt's argument must be greater than or equal to 0");
  return Math.sqrt(value);
}

function divide(one: number, other: number): number {
  if (other === 0) throw refuse("can't $divide by zero");
  return one / other;
}

function remainder(one: number, other: number): number {
  if (other === 0) throw refuse("can't $mod by zero");
  return one % other;
}

/** Digits that a number is taken to have: what lies beyond is the error of its binary form. */
const SIGNIFICANT_DIGITS = 15;

type Round = (quotient: bigint, twiceRest: bigint, divisor: bigint) => bigint;

const halfToEven: Round = (quotient, twiceRest, divisor) => {
  const isUp = twiceRest > divisor || (twiceRest === divisor && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
};
const towardsZero: Round = quotient => quotient;

/** Rounds in decimal. */
function toPlace(value: number, place: number, round: Round): number {
  if (!Number.isFinite(value) || (Number.isSafeInteger(value) && place >= 0)) return value;
  const [digits = '', exponent = '0'] = Math.abs(value)
    .toExponential(SIGNIFICANT_DIGITS - 1)
    .replace('.', '')
    .split('e');
  const scale = Number(exponent) - SIGNIFICANT_DIGITS + 1;
  const dropped = -place - scale;
  if (dropped <= 0) return value;
  const divisor = 10n ** BigInt(dropped);
  const whole = BigInt(digits);
  const rounded = round(whole / divisor, (whole % divisor) * 2n, divisor);
  return Math.sign(value) * Number(`${rounded}e${-place}`);
}

const rounding = (round: Round) =>
  taking(1, 2, (name, value, ...places) => {
    const place = places.length ? places[0] : 0;
    if (isNullish(value) || isNullish(place)) return null;
    if (!Number.isInteger(place) || Number(place) < -20 || Number(place) > 100)
      throw refuse(`cannot apply ${name} with precision value ${String(place)} value must be in [-20, 100]`);
    return toPlace(numberOf(name, value), place as number, round);
  });

export const arithmeticOperators: Operators = {
  ...withNames({
    $abs: ofNumber(Math.abs),
    $add: add,
    $ceil: ofNumber(Math.ceil),
    $divide: ofNumbers(divide),
    $exp: ofNumber(Math.exp),
    $floor: ofNumber(Math.floor),
    $ln: ofNumber((value, name) => Math.log(positive(name, value))),
    $log: ofNumbers(logarithm),
    $log10: ofNumber((value, name) => Math.log10(positive(name, value))),
    $mod: ofNumbers(remainder),
    $multiply: multiply,
    $pow: ofNumbers(power),
    $round: rounding(halfToEven),
    $sqrt: ofNumber(root),
    $subtract: subtract,
    $trunc: rounding(towardsZero),
  }),
  $toDecimal: () => {
    throw notSupported('$toDecimal');
  },
};
