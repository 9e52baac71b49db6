/**
 * Operators that servers after those of the SDK's builder added. They see values, not fields, so mingo's are right where
 * no value is null or missing; where one is, they are null.
 */
import { Context, evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as mingo from 'mingo/operators/expression';
import { isPlainObject, type Document } from '../../document-values';
import { refuse } from '../refuse';
import { isNullish } from '../values';
import type { Compiler, Evaluate, OperatorCompiler } from './types';

const context = Context.init({ accumulator: accumulators, expression: mingo });

const LATER = new Set(
  `$acos $acosh $asin $asinh $atan $atan2 $atanh $cos $cosh $sin $sinh $tan $tanh $degreesToRadians $radiansToDegrees
   $bitAnd $bitNot $bitOr $bitXor $dateAdd $dateDiff $dateSubtract $dateTrunc $firstN $lastN $maxN $minN
   $getField $setField $unsetField $rand $regexFind $regexFindAll $regexMatch`
    .trim()
    .split(/\s+/),
);
/** They say themselves what null comes to. */
const NULL_AWARE = new Set([
  '$getField',
  '$setField',
  '$unsetField',
  '$rand',
  '$regexMatch',
  '$regexFindAll',
]);

/** @throws AdminError when there is no such operator here */
export function laterOperator(name: string): OperatorCompiler {
  if (!LATER.has(name)) throw refuse(`Unrecognized expression '${name}'`);
  return (argument, compiler) => {
    const evaluate = compileArguments(argument, compiler);
    return scope => {
      const values = evaluate(scope);
      const parts = isPlainObject(values) ? Object.values(values) : [values].flat();
      if (!NULL_AWARE.has(name) && parts.some(isNullish)) return null;
      return evalExpr({}, { [name]: constant(values) }, { context } as never);
    };
  };
}

function compileArguments(argument: unknown, compiler: Compiler): Evaluate {
  const isNamed = isPlainObject(argument) && !Object.keys(argument)[0]?.startsWith('$');
  if (!isNamed) return compiler.compile(argument);
  const parts = Object.entries(argument).map(([name, part]) => [name, compiler.compile(part)] as const);
  return scope => Object.fromEntries(parts.map(([name, evaluate]) => [name, evaluate(scope)]));
}

/** Values as mingo takes for constants, whatever is in them. */
function constant(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => ({ $literal: item as unknown }));
  if (!isPlainObject(value)) return { $literal: value };
  const constants: Document = {};
  for (const [name, item] of Object.entries(value)) constants[name] = { $literal: item };
  return constants;
}
