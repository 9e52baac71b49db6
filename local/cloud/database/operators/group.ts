/** `$group`: one document for each value of its key, as the values come. */
import { isPlainObject, type Document } from '../document-values';
import { ACCUMULATORS, type Accumulator } from './accumulators';
import { mergeAll } from './expressions/arrays';
import { compileExpression, type Evaluate, type Scope } from './expressions/compile';
import { notSupported, refuse } from './refuse';
import type { StageContext, StageRun } from './stage-types';
import { keyOf } from './values';

interface Output {
  readonly name: string;
  readonly create: () => Accumulator;
  readonly evaluate: Evaluate;
}

/** Compiles the accumulators of a group or a bucket. @throws AdminError for what is none */
export function compileOutputs(fields: Document, variables: readonly string[]): Output[] {
  return Object.entries(fields).map(([name, spec]) => {
    if (name.includes('.')) throw refuse(`The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$')) throw refuse(`The field name '${name}' cannot be an operator name`);
    const [operator = '', ...others] = isPlainObject(spec) ? Object.keys(spec) : [];
    if (!isPlainObject(spec) || others.length || !operator.startsWith('$'))
      throw refuse(`The field '${name}' must be an accumulator object`);
    return {
      name,
      create: accumulatorFor(operator),
      evaluate: argumentOf(operator, spec[operator], variables),
    };
  });
}

const LATER = new Set(
  '$accumulator $bottom $bottomN $firstN $lastN $maxN $median $minN $percentile $top $topN'.split(' '),
);

function accumulatorFor(operator: string): () => Accumulator {
  if (operator === '$count') return ACCUMULATORS.$sum as () => Accumulator;
  if (operator === '$mergeObjects') return mergeObjects;
  if (LATER.has(operator)) throw notSupported(`${operator} in $group`);
  const create = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (!create) throw refuse(`unknown group operator '${operator}'`);
  return create;
}

function argumentOf(operator: string, argument: unknown, variables: readonly string[]): Evaluate {
  if (operator === '$count') return () => 1;
  const only: unknown = Array.isArray(argument) && argument.length === 1 ? argument[0] : argument;
  if (Array.isArray(argument) && argument.length !== 1 && operator !== '$push' && operator !== '$addToSet')
    throw refuse(`The ${operator} accumulator is a unary operator`);
  return compileExpression(operator === '$push' || operator === '$addToSet' ? argument : only, variables);
}

function mergeObjects(): Accumulator {
  const values: unknown[] = [];
  return { add: value => void values.push(value), result: () => mergeAll(values) };
}

/** Collects what falls into one group. */
export class Group {
  readonly #accumulators: readonly Accumulator[];

  constructor(
    readonly id: unknown,
    readonly outputs: readonly Output[],
  ) {
    this.#accumulators = outputs.map(({ create }) => create());
  }

  add(scope: Scope): void {
    this.outputs.forEach(({ evaluate }, i) => this.#accumulators[i]?.add(evaluate(scope)));
  }

  result(): Document {
    const values = this.outputs.map(({ name }, i) => [name, this.#accumulators[i]?.result()] as const);
    return { _id: this.id, ...Object.fromEntries(values) };
  }
}

export function compileGroup(spec: unknown, { variables: names }: StageContext): StageRun {
  if (!isPlainObject(spec)) throw refuse("a group's fields must be specified in an object");
  if (!('_id' in spec)) throw refuse('a group specification must include an _id');
  const { _id, ...fields } = spec;
  const [evaluate, outputs] = [compileExpression(_id, names), compileOutputs(fields, names)];
  return function* (input, variables) {
    const groups = new Map<string, Group>();
    for (const root of input) {
      const scope = { root, variables };
      const id = evaluate(scope) ?? null;
      const key = keyOf(id);
      const group = groups.get(key) ?? new Group(id, outputs);
      groups.set(key, group);
      group.add(scope);
    }
    for (const group of groups.values()) yield group.result();
  };
}
