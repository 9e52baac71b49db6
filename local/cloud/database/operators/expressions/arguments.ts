/** How operators take their arguments: in a list, alone, or in an object with named fields. */
import { isPlainObject } from '../../document-values';
import { refuse } from '../refuse';
import { isNullish } from '../values';
import type { Compiler, Evaluate, OperatorCompiler } from './types';

type Values = readonly unknown[];

/** An operator of `least` to `most` arguments, which may be given without a list if it is one. */
export const taking =
  (least: number, most: number, apply: (name: string, ...values: unknown[]) => unknown) =>
  (name: string): OperatorCompiler =>
  (argument, compiler) => {
    const list = listOf(argument);
    if (list.length < least || list.length > most) throw refuse(arity(name, least, most, list.length));
    const parts = list.map(compiler.compile);
    return scope => apply(name, ...parts.map(evaluate => evaluate(scope)));
  };

const listOf = (argument: unknown): Values =>
  Array.isArray(argument) ? (argument as unknown[]) : [argument];

function arity(name: string, least: number, most: number, found: number): string {
  const wanted =
    least === most ? `exactly ${least} arguments` : `at least ${least} arguments, and at most ${most}`;
  return `Expression ${name} takes ${wanted}. ${found} were passed in.`;
}

/** An operator of exactly `count` arguments that is null when one of them is null or missing. */
export const nullable = (count: number, apply: (name: string, ...values: never[]) => unknown) =>
  taking(count, count, (name, ...values) =>
    values.some(isNullish) ? null : apply(name, ...(values as never[])),
  );

/** An operator of any number of arguments. */
export const variadic =
  (apply: (values: Values, name: string) => unknown) =>
  (name: string): OperatorCompiler =>
  (argument, compiler) => {
    const parts = listOf(argument).map(compiler.compile);
    return scope =>
      apply(
        parts.map(evaluate => evaluate(scope)),
        name,
      );
  };

/** An operator with named arguments. @throws AdminError for unknown ones, and for missing ones among `required` */
export function named(
  name: string,
  argument: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  if (!isPlainObject(argument)) throw refuse(`${name} only supports an object as its argument`);
  const unknown = Object.keys(argument).find(key => !required.includes(key) && !optional.includes(key));
  if (unknown !== undefined) throw refuse(`Unrecognized argument to ${name}: ${unknown}`);
  const missing = required.find(key => !(key in argument));
  if (missing !== undefined) throw refuse(`Missing '${missing}' parameter to ${name}`);
  return argument;
}

/** Like {@link named}, compiled. */
export function namedParts(
  name: string,
  argument: unknown,
  fields: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  compiler: Compiler,
): Record<string, Evaluate> {
  const given = named(name, argument, fields.required, fields.optional);
  return Object.fromEntries(Object.entries(given).map(([key, part]) => [key, compiler.compile(part)]));
}

/** Each operator with its own name. */
export const withNames = (
  table: Readonly<Record<string, (name: string) => OperatorCompiler>>,
): Record<string, OperatorCompiler> =>
  Object.fromEntries(Object.entries(table).map(([name, make]) => [name, make(name)]));
