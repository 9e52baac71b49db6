/** Comparison and logic: every value has its place beside every other, whatever their types. */
import { isPlainObject } from '../../document-values';
import { refuse } from '../refuse';
import { compareValues, isNullish } from '../values';
import { named, taking, withNames } from './arguments';
import { toBoolean } from './truth';
import type { Evaluate, OperatorCompiler, Operators } from './types';

const comparing = (isWanted: (order: number) => boolean) =>
  taking(2, 2, (_name, one, other) => isWanted(compareValues(one, other)));

const listOf = (argument: unknown): unknown[] =>
  Array.isArray(argument) ? (argument as unknown[]) : [argument];

/** Stops at the first value that decides. */
const deciding =
  (isDecidedBy: boolean): OperatorCompiler =>
  (argument, { compile }) => {
    const parts = listOf(argument).map(compile);
    return scope => parts.some(evaluate => toBoolean(evaluate(scope)) === isDecidedBy) === isDecidedBy;
  };

const conditional: OperatorCompiler = (argument, { compile }) => {
  const [condition, yes, no] = conditionParts(argument).map(compile) as [Evaluate, Evaluate, Evaluate];
  return scope => (toBoolean(condition(scope)) ? yes(scope) : no(scope));
};

function conditionParts(argument: unknown): unknown[] {
  if (isPlainObject(argument)) {
    const { if: condition, then: yes, else: no } = named('$cond', argument, ['if', 'then', 'else']);
    return [condition, yes, no];
  }
  const list = listOf(argument);
  if (list.length !== 3)
    throw refuse(`Expression $cond takes exactly 3 arguments. ${list.length} were passed in.`);
  return list;
}

const ifNull: OperatorCompiler = (argument, { compile }) => {
  const parts = listOf(argument).map(compile);
  if (parts.length < 2) throw refuse(`$ifNull needs at least two arguments, had: ${parts.length}`);
  return scope => {
    let value: unknown;
    for (const evaluate of parts) if (!isNullish((value = evaluate(scope)))) return value;
    return value;
  };
};

const choose: OperatorCompiler = (argument, { compile }) => {
  const { branches, default: otherwise } = named('$switch', argument, ['branches'], ['default']);
  if (!Array.isArray(branches) || branches.length === 0) throw refuse('$switch requires at least one branch');
  const cases = branches.map(branch => {
    const { case: condition, then } = named('$switch branch', branch, ['case', 'then']);
    return [compile(condition), compile(then)] as const;
  });
  const hasDefault = isPlainObject(argument) && 'default' in argument;
  const fallback = hasDefault ? compile(otherwise) : noBranch;
  return scope => {
    const found = cases.find(([condition]) => toBoolean(condition(scope)));
    return found ? found[1](scope) : fallback(scope);
  };
};

const noBranch = () => {
  throw refuse('$switch could not find a matching branch for an input, and no default was specified.');
};

export const comparisonOperators: Operators = {
  ...withNames({
    $cmp: taking(2, 2, (_name, one, other) => Math.sign(compareValues(one, other))),
    $eq: comparing(order => order === 0),
    $ne: comparing(order => order !== 0),
    $gt: comparing(order => order > 0),
    $gte: comparing(order => order >= 0),
    $lt: comparing(order => order < 0),
    $lte: comparing(order => order <= 0),
    $not: taking(1, 1, (_name, value) => !toBoolean(value)),
  }),
  $and: deciding(false),
  $or: deciding(true),
  $cond: conditional,
  $ifNull: ifNull,
  $switch: choose,
};
