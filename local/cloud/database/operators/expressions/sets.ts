/** Arrays as sets: order and repetition do not count. */
import { refuse } from '../refuse';
import { bsonTypeOf, compareValues, distinct, isNullish, keyOf } from '../values';
import { taking, variadic, withNames } from './arguments';
import type { Operators } from './types';

function listsOf(name: string, values: readonly unknown[]): unknown[][] {
  return values.map(value => {
    if (!Array.isArray(value))
      throw refuse(`All operands of ${name} must be arrays. One argument is of type: ${bsonTypeOf(value)}`);
    return value as unknown[];
  });
}

const keysOf = (list: readonly unknown[]) => new Set(list.map(keyOf));
const isSubset = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].every(key => other.has(key));

const union = variadic((values, name) =>
  values.some(isNullish) ? null : distinct(listsOf(name, values).flat()).sort(compareValues),
);

const intersection = variadic((values, name) => {
  if (values.some(isNullish)) return null;
  const [first = [], ...others] = listsOf(name, values);
  const sets = others.map(keysOf);
  return distinct(first)
    .filter(value => sets.every(set => set.has(keyOf(value))))
    .sort(compareValues);
});

const difference = taking(2, 2, (name, one, other) => {
  if (isNullish(one) || isNullish(other)) return null;
  const [list = [], left = []] = listsOf(name, [one, other]);
  const taken = keysOf(left);
  return distinct(list).filter(value => !taken.has(keyOf(value)));
});

const setEquals = variadic((values, name) => {
  if (values.length < 2) throw refuse(`${name} needs at least two arguments had: ${values.length}`);
  const [first = new Set<string>(), ...others] = listsOf(name, values).map(keysOf);
  return others.every(set => set.size === first.size && isSubset(set, first));
});

export const setOperators: Operators = withNames({
  $setDifference: difference,
  $setEquals: setEquals,
  $setIntersection: intersection,
  $setIsSubset: taking(2, 2, (name, one, other) => {
    const [part = [], whole = []] = listsOf(name, [one, other]);
    return isSubset(keysOf(part), keysOf(whole));
  }),
  $setUnion: union,
});
