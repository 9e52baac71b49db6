/** `$bucket` and `$bucketAuto`. A bucket takes its lower boundary and leaves its upper one to the next. */
import { isPlainObject, type Document } from '../document-values';
import { compileExpression, type Evaluate, type Scope } from './expressions/compile';
import { compileOutputs, Group } from './group';
import { notSupported, refuse } from './refuse';
import type { StageContext, StageRun } from './stage-types';
import { compareValues, typeOfValue } from './values';

const COUNT = { count: { $sum: 1 } };

function fieldsOf(stage: string, spec: unknown, allowed: readonly string[]): Document {
  if (!isPlainObject(spec)) throw refuse(`Argument to ${stage} must be an object`);
  const unknown = Object.keys(spec).find(key => !allowed.includes(key));
  if (unknown !== undefined) throw refuse(`Unrecognized option to ${stage}: ${unknown}.`);
  return spec;
}

function groupBy(stage: string, spec: Document, variables: readonly string[]): Evaluate {
  const { groupBy: expression } = spec;
  const isExpression =
    (typeof expression === 'string' && expression.startsWith('$')) ||
    (isPlainObject(expression) && Object.keys(expression)[0]?.startsWith('$'));
  if (!isExpression)
    throw refuse(`The ${stage} 'groupBy' field must be defined as a $-prefixed path or an expression`);
  return compileExpression(expression, variables);
}

function outputsOf(stage: string, { output = COUNT }: Document, variables: readonly string[]) {
  if (!isPlainObject(output)) throw refuse(`The ${stage} 'output' field must be an object`);
  return compileOutputs(output, variables);
}

/** @throws AdminError unless they are two or more constants of one type, each greater than the one before */
function boundariesOf(spec: Document): unknown[] {
  const { boundaries } = spec;
  if (!Array.isArray(boundaries)) throw refuse("The $bucket 'boundaries' field must be an array");
  if (boundaries.length < 2) throw refuse("The $bucket 'boundaries' field must have at least 2 values");
  const values = boundaries.map(boundary => compileExpression(boundary)({ root: {}, variables: {} }) ?? null);
  values.slice(1).forEach((value, i) => {
    if (typeOfValue(value) !== typeOfValue(values[i]))
      throw refuse("All values in the 'boundaries' option to $bucket must have the same type");
    if (compareValues(values[i], value) >= 0)
      throw refuse("The 'boundaries' option to $bucket must be sorted in ascending order");
  });
  return values;
}

const isWithin = (value: unknown, low: unknown, high: unknown) =>
  compareValues(value, low) >= 0 && compareValues(value, high) < 0;

export function compileBucket(spec: unknown, { variables: names }: StageContext): StageRun {
  const given = fieldsOf('$bucket', spec, ['groupBy', 'boundaries', 'default', 'output']);
  const evaluate = groupBy('$bucket', given, names);
  const boundaries = boundariesOf(given);
  const outputs = outputsOf('$bucket', given, names);
  const hasDefault = 'default' in given;
  if (hasDefault && isWithin(given.default, boundaries[0], boundaries.at(-1)))
    throw refuse(
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary",
    );
  const boundaryOf = (value: unknown): unknown => {
    const index = boundaries.findIndex(
      (low, i) => i + 1 < boundaries.length && isWithin(value, low, boundaries[i + 1]),
    );
    if (index >= 0) return boundaries[index];
    if (hasDefault) return given.default;
    throw refuse('$switch could not find a matching branch for an input, and no default was specified.');
  };
  return (input, variables) => {
    const groups: Group[] = [];
    for (const root of input) {
      const scope = { root, variables };
      const id = boundaryOf(evaluate(scope));
      let group = groups.find(known => compareValues(known.id, id) === 0);
      if (!group) groups.push((group = new Group(id, outputs)));
      group.add(scope);
    }
    return groups.sort((one, other) => compareValues(one.id, other.id)).map(group => group.result());
  };
}

interface Item {
  readonly value: unknown;
  readonly scope: Scope;
}

export function compileBucketAuto(spec: unknown, { variables: names }: StageContext): StageRun {
  const given = fieldsOf('$bucketAuto', spec, ['groupBy', 'buckets', 'output', 'granularity']);
  if ('granularity' in given) throw notSupported("'granularity' of $bucketAuto");
  const { buckets } = given;
  if (typeof buckets !== 'number' || !Number.isInteger(buckets) || buckets < 1)
    throw refuse("The $bucketAuto 'buckets' field must be an integer greater than 0");
  const evaluate = groupBy('$bucketAuto', given, names);
  const outputs = outputsOf('$bucketAuto', given, names);
  return (input, variables) => {
    const items = [...input].map(root => ({
      value: evaluate({ root, variables }) ?? null,
      scope: { root, variables },
    }));
    items.sort((one, other) => compareValues(one.value, other.value));
    return distribute(items, buckets).map((bucket, i, all) => {
      const low = bucket[0]?.value;
      const group = new Group({ min: low, max: all[i + 1]?.[0]?.value ?? bucket.at(-1)?.value }, outputs);
      for (const { scope } of bucket) group.add(scope);
      return group.result();
    });
  };
}

/** About the same number each, but equal values stay together; the last one takes what is left. */
function distribute(items: readonly Item[], buckets: number): Item[][] {
  const size = Math.max(1, Math.round(items.length / buckets));
  const filled: Item[][] = [];
  for (let from = 0; from < items.length;) {
    let to = filled.length === buckets - 1 ? items.length : Math.min(items.length, from + size);
    while (to < items.length && compareValues(items[to]?.value, items[to - 1]?.value) === 0) to++;
    filled.push(items.slice(from, to));
    from = to;
  }
  return filled;
}
