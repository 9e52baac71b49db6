/** What each update operator makes of the value at its path. */
import { isPlainObject, type Document } from '../document-values';
import { toEjson } from '../ejson';
import { databaseErrors } from '../errors';
import { orderBy } from './expressions/arrays';
import { pullMatcher } from './query';
import { targetsOf } from './update-paths';
import { bsonTypeOf, compareValues, distinct, keyOf } from './values';

const refuse = databaseErrors.updateRefused;

/** Undefined stands for no field, before and after. */
type Change = (current: unknown) => unknown;

export interface UpdateOperator {
  /** Checks the operand. @throws AdminError DATABASE_REQUEST_FAILED, then or for a value that does not fit */
  readonly compile: (operand: unknown, path: string) => Change;
  /** The field is created where it is missing. */
  readonly isCreating: boolean;
}

const creating = (compile: UpdateOperator['compile']): UpdateOperator => ({ compile, isCreating: true });
const removing = (compile: UpdateOperator['compile']): UpdateOperator => ({ compile, isCreating: false });

/** A field that is missing starts as what `initial` says. */
const onNumbers = (
  name: string,
  initial: (operand: number) => number,
  apply: (current: number, operand: number) => number,
) =>
  creating((operand, path) => {
    if (typeof operand !== 'number')
      throw refuse(`Cannot ${name.slice(1)} with non-numeric argument: {${path}: ${toEjson(operand)}}`);
    return current => {
      if (current === undefined) return initial(operand);
      if (typeof current !== 'number')
        throw refuse(`Cannot apply ${name} to a value of non-numeric type. {${path}: ${toEjson(current)}}`);
      return apply(current, operand);
    };
  });

const choosing = (direction: 1 | -1) =>
  creating(
    operand => current =>
      current === undefined || compareValues(operand, current) * direction > 0 ? operand : current,
  );

function arrayAt(path: string, current: unknown): unknown[] {
  if (!Array.isArray(current))
    throw refuse(`The field '${path}' must be an array but is of type ${bsonTypeOf(current)}`);
  return current as unknown[];
}

const PUSH_MODIFIERS = new Set(['$each', '$slice', '$sort', '$position']);

interface Push {
  readonly values: readonly unknown[];
  readonly position: number;
  readonly sort: ((array: unknown[]) => unknown[]) | null;
  readonly slice: number | null;
}

function parsePush(operand: unknown): Push {
  if (!isPlainObject(operand) || !('$each' in operand))
    return { values: [operand], position: Infinity, sort: null, slice: null };
  const { $each, $position = Infinity, $sort, $slice = null } = operand;
  const unknown = Object.keys(operand).find(name => !PUSH_MODIFIERS.has(name));
  if (unknown) throw refuse(`Unrecognized clause in $push: ${unknown}`);
  const isWhole = (value: unknown): value is number => Number.isInteger(value);
  if ($position !== Infinity && !isWhole($position))
    throw refuse('The value for $position must be an integer value');
  if ($slice !== null && !isWhole($slice)) throw refuse('The value for $slice must be an integer value');
  const sort = $sort === undefined ? null : sorter($sort);
  return {
    values: eachOf('$push', $each),
    position: $position as number,
    sort,
    slice: $slice as number | null,
  };
}

const sorter = (spec: unknown) => {
  const order = orderBy(spec);
  return (array: unknown[]) => array.sort(order);
};

function eachOf(name: string, values: unknown): unknown[] {
  if (!Array.isArray(values))
    throw refuse(
      `The argument to $each in ${name} must be an array but it was of type ${bsonTypeOf(values)}`,
    );
  return values as unknown[];
}

const push = creating((operand, path) => {
  const { values, position, sort, slice } = parsePush(operand);
  return current => {
    const array = [...arrayAt(path, current ?? (current === null ? null : []))];
    const at = position < 0 ? Math.max(0, array.length + position) : Math.min(position, array.length);
    array.splice(at, 0, ...values);
    const sorted = sort ? sort(array) : array;
    if (slice === null) return sorted;
    return slice < 0 ? sorted.slice(slice) : sorted.slice(0, slice);
  };
});

/** Only what is not there yet; what is there twice stays so. */
const addToSet = creating((operand, path) => {
  const isEach = isPlainObject(operand) && '$each' in operand;
  if (isEach && Object.keys(operand).length > 1)
    throw refuse(`Found unexpected fields after $each in $addToSet: ${toEjson(operand)}`);
  const values = isEach ? eachOf('$addToSet', operand.$each) : [operand];
  return current => {
    const array = arrayAt(path, current ?? (current === null ? null : []));
    const known = new Set(array.map(keyOf));
    const added = distinct(values).filter(value => !known.has(keyOf(value)));
    return current === undefined || added.length ? [...array, ...added] : current;
  };
});

/** Keeps the elements that are not to go. */
const without = (isGone: (operand: unknown, path: string) => (element: unknown) => boolean) =>
  removing((operand, path) => {
    const test = isGone(operand, path);
    return current => {
      if (current === undefined) return undefined;
      const array = arrayAt(path, current);
      const kept = array.filter(element => !test(element));
      return kept.length === array.length ? current : kept;
    };
  });

const pullAll = without(operand => {
  if (!Array.isArray(operand)) throw refuse('$pullAll requires an array argument');
  const keys = new Set((operand as unknown[]).map(keyOf));
  return element => keys.has(keyOf(element));
});

const pop = removing((operand, path) => {
  if (operand !== 1 && operand !== -1) throw refuse(`$pop expects 1 or -1, found: ${toEjson(operand)}`);
  return current => {
    if (current === undefined) return undefined;
    const array = arrayAt(path, current);
    if (array.length === 0) return current;
    return operand === 1 ? array.slice(0, -1) : array.slice(1);
  };
});

const BITS: Readonly<Record<string, (one: bigint, other: bigint) => bigint>> = {
  and: (one, other) => one & other,
  or: (one, other) => one | other,
  xor: (one, other) => one ^ other,
};

const bit = creating((operand, path) => {
  const entries = isPlainObject(operand) ? Object.entries(operand) : [];
  const isRight = entries.every(([name, value]) => Object.hasOwn(BITS, name) && Number.isSafeInteger(value));
  if (!entries.length || !isRight)
    throw refuse('The $bit modifier only supports and, or and xor with integers');
  return current => {
    if (current !== undefined && !Number.isSafeInteger(current))
      throw refuse(`Cannot apply $bit to a value of non-integral type. {${path}: ${toEjson(current)}}`);
    const result = entries.reduce(
      (value, [name, mask]) => BITS[name]?.(value, BigInt(mask as number)) ?? value,
      BigInt((current as number | undefined) ?? 0),
    );
    return Number(result);
  };
});

const currentDate = creating((operand, path) => {
  const isDate = operand === true || (isPlainObject(operand) && operand.$type === 'date');
  if (!isDate) throw refuse(`$currentDate of '${path}' can only be a date here: true or {$type: 'date'}`);
  return () => new Date();
});

export const UPDATE_OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $addToSet: addToSet,
  $bit: bit,
  $currentDate: currentDate,
  $inc: onNumbers(
    '$inc',
    operand => operand,
    (current, operand) => current + operand,
  ),
  $max: choosing(1),
  $min: choosing(-1),
  $mul: onNumbers(
    '$mul',
    () => 0,
    (current, operand) => current * operand,
  ),
  $pop: pop,
  $pull: without(operand => pullMatcher(operand)),
  $pullAll: pullAll,
  $push: push,
  $set: creating(operand => () => operand),
  $unset: removing(() => () => undefined),
};

/** Moves a field. Neither name may lead through an array. */
export function renameField(document: Document, from: readonly string[], to: readonly string[]): void {
  for (const [what, parts] of [
    ['source', from],
    ['destination', to],
  ] as const)
    assertNoArray(document, parts, what);
  const [source] = targetsOf(document, from, { position: null, isCreating: false });
  const value = source?.read();
  if (!source || value === undefined) return;
  const [target] = targetsOf(document, to, { position: null, isCreating: true });
  source.remove();
  target?.write(value);
}

function assertNoArray(document: Document, parts: readonly string[], what: string): void {
  let value: unknown = document;
  for (const part of parts) {
    if (Array.isArray(value))
      throw refuse(`The ${what} field cannot be an array element, '${parts.join('.')}'`);
    value = isPlainObject(value) ? value[part] : undefined;
  }
}
