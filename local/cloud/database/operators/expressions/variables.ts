/** Operators that define variables, and constants. */
import { isPlainObject } from '../../document-values';
import { notSupported, refuse } from '../refuse';
import { bsonTypeOf, isNullish } from '../values';
import { named } from './arguments';
import { toBoolean } from './truth';
import type { Compiler, Evaluate, OperatorCompiler, Operators, Scope } from './types';

const withValues = (scope: Scope, values: Readonly<Record<string, unknown>>): Scope => ({
  root: scope.root,
  variables: { ...scope.variables, ...values },
});

/** @throws AdminError for a name that does not begin with a lower case letter */
function assertVariable(name: string): void {
  if (!/^([a-z\u0080-\uffff][\w\u0080-\uffff]*|CURRENT)$/.test(name))
    throw refuse(`'${name}' starts with an invalid character for a user variable name`);
}

const letVariables: OperatorCompiler = (argument, compiler) => {
  const { vars, in: body } = named('$let', argument, ['vars', 'in']);
  if (!isPlainObject(vars)) throw refuse('invalid parameter: expected an object (vars)');
  Object.keys(vars).forEach(assertVariable);
  const values = Object.entries(vars).map(([name, value]) => [name, compiler.compile(value)] as const);
  const evaluate = compiler.withVariables(Object.keys(vars)).compile(body);
  return scope =>
    evaluate(withValues(scope, Object.fromEntries(values.map(([name, value]) => [name, value(scope)]))));
};

interface ArrayBody {
  readonly input: Evaluate;
  readonly name: string;
  readonly body: Compiler;
}

/** @throws AdminError for an `as` that cannot name a variable */
function overElements(given: Readonly<Record<string, unknown>>, compiler: Compiler): ArrayBody {
  const name = given.as === undefined ? 'this' : String(given.as);
  assertVariable(name);
  return { input: compiler.compile(given.input), name, body: compiler.withVariables([name]) };
}

function arrayInput(operator: string, value: unknown): unknown[] | null {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) throw refuse(`input to ${operator} must be an array not ${bsonTypeOf(value)}`);
  return value as unknown[];
}

const mapElements: OperatorCompiler = (argument, compiler) => {
  const given = named('$map', argument, ['input', 'in'], ['as']);
  const { input, name, body } = overElements(given, compiler);
  const evaluate = body.compile(given.in);
  return scope =>
    arrayInput('$map', input(scope))?.map(
      element => evaluate(withValues(scope, { [name]: element })) ?? null,
    ) ?? null;
};

const filterElements: OperatorCompiler = (argument, compiler) => {
  const given = named('$filter', argument, ['input', 'cond'], ['as', 'limit']);
  const { input, name, body } = overElements(given, compiler);
  const condition = body.compile(given.cond);
  const limit = compiler.compile(given.limit ?? null);
  return scope => {
    const kept = arrayInput('$filter', input(scope))?.filter(element =>
      toBoolean(condition(withValues(scope, { [name]: element }))),
    );
    return kept?.slice(0, filterLimit(limit(scope))) ?? null;
  };
};

function filterLimit(limit: unknown): number {
  if (isNullish(limit)) return Infinity;
  if (!Number.isInteger(limit) || Number(limit) < 1)
    throw refuse(`$filter: limit must be greater than 0, found ${String(limit)}`);
  return limit as number;
}

const reduceElements: OperatorCompiler = (argument, compiler) => {
  const given = named('$reduce', argument, ['input', 'initialValue', 'in']);
  const [input, initial] = [compiler.compile(given.input), compiler.compile(given.initialValue)];
  const evaluate = compiler.withVariables(['this', 'value']).compile(given.in);
  return scope => {
    const elements = arrayInput('$reduce', input(scope));
    if (!elements) return null;
    return elements.reduce(
      (value, element) => evaluate(withValues(scope, { this: element, value })),
      initial(scope),
    );
  };
};

const literal: OperatorCompiler = argument => () => argument;

const refused =
  (feature: string): OperatorCompiler =>
  () => {
    throw notSupported(feature);
  };

export const variableOperators: Operators = {
  $let: letVariables,
  $map: mapElements,
  $filter: filterElements,
  $reduce: reduceElements,
  $literal: literal,
  $const: literal,
  $meta: refused('$meta'),
  $function: refused('$function'),
  $accumulator: refused('$accumulator'),
};
