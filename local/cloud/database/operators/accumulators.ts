/** Accumulators: what many values come to. Missing values and, among numbers, other types do not count. */
import { compareValues, isNullish, keyOf } from './values';

/** Takes values one by one. */
export interface Accumulator {
  readonly add: (value: unknown) => void;
  /** Null where nothing counted, unless the accumulator has a value of its own for that. */
  readonly result: () => unknown;
}

function sum(): Accumulator {
  let total = 0;
  return { add: value => (typeof value === 'number' ? (total += value) : total), result: () => total };
}

function average(): Accumulator {
  let [total, count] = [0, 0];
  const add = (value: unknown) => {
    if (typeof value !== 'number') return;
    total += value;
    count++;
  };
  return { add, result: () => (count === 0 ? null : total / count) };
}

const extreme = (direction: 1 | -1) => (): Accumulator => {
  let best: unknown = null;
  const add = (value: unknown) => {
    if (!isNullish(value) && (best === null || compareValues(value, best) * direction > 0)) best = value;
  };
  return { add, result: () => best };
};

/** @param lacking how many values less than all divide the sum of squares */
const deviation = (lacking: 0 | 1) => (): Accumulator => {
  let [count, mean, squares] = [0, 0, 0];
  const add = (value: unknown) => {
    if (typeof value !== 'number') return;
    count++;
    const difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  };
  return { add, result: () => (count <= lacking ? null : Math.sqrt(squares / (count - lacking))) };
};

function first(): Accumulator {
  let value: unknown;
  let isSet = false;
  const add = (next: unknown) => {
    if (!isSet) value = next;
    isSet = true;
  };
  return { add, result: () => value ?? null };
}

function last(): Accumulator {
  let value: unknown;
  return { add: next => void (value = next), result: () => value ?? null };
}

function push(): Accumulator {
  const values: unknown[] = [];
  return { add: value => value !== undefined && values.push(value), result: () => values };
}

function addToSet(): Accumulator {
  const values = new Map<string, unknown>();
  const add = (value: unknown) => {
    if (value !== undefined && !values.has(keyOf(value))) values.set(keyOf(value), value);
  };
  return { add, result: () => [...values.values()] };
}

const FOLDS = {
  $avg: average,
  $max: extreme(1),
  $min: extreme(-1),
  $stdDevPop: deviation(0),
  $stdDevSamp: deviation(1),
  $sum: sum,
};

/** Those that are expressions as well. */
export type Fold = keyof typeof FOLDS;

/** By name, for `$group`. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  ...FOLDS,
  $addToSet: addToSet,
  $first: first,
  $last: last,
  $push: push,
};

/** What all of the values come to. */
export function accumulate(name: Fold, values: readonly unknown[]): unknown {
  const accumulator = FOLDS[name]();
  values.forEach(accumulator.add);
  return accumulator.result();
}
