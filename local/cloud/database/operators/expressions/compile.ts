/**
 * Aggregation expressions (MongoDB manual, "Aggregation Expressions"), compiled once and evaluated for each document.
 * Operators that later servers added, and that take plain values, are left to mingo.
 */
import { isPlainObject, type Document } from '../../document-values';
import { expressionPath } from '../paths';
import { refuse } from '../refuse';
import { arithmeticOperators } from './arithmetic';
import { arrayOperators } from './arrays';
import { comparisonOperators } from './comparison';
import { dateOperators } from './dates';
import { foldingOperators } from './folding';
import { laterOperator } from './later-operators';
import { setOperators } from './sets';
import { stringOperators } from './strings';
import { toBoolean } from './truth';
import { typeOperators } from './conversions';
import type { Compiler, Evaluate, Operators } from './types';
import { variableOperators } from './variables';

export { toBoolean };
export type { Evaluate, Scope } from './types';

const OPERATORS: Operators = {
  ...arithmeticOperators,
  ...arrayOperators,
  ...comparisonOperators,
  ...dateOperators,
  ...foldingOperators,
  ...setOperators,
  ...stringOperators,
  ...typeOperators,
  ...variableOperators,
};

/**
 * Compiles an expression.
 * @param variables names that are defined besides the system's, e.g. by the `let` of a `$lookup`
 * @throws AdminError for what MongoDB would refuse without looking at a document
 */
export const compileExpression = (expression: unknown, variables: readonly string[] = []): Evaluate =>
  createCompiler(new Set(variables)).compile(expression);

function createCompiler(variables: ReadonlySet<string>): Compiler {
  const compiler: Compiler = {
    compile: expression => compilePart(expression, variables, compiler),
    withVariables: names => createCompiler(new Set([...variables, ...names])),
  };
  return compiler;
}

function compilePart(expression: unknown, variables: ReadonlySet<string>, compiler: Compiler): Evaluate {
  if (typeof expression === 'string' && expression.startsWith('$')) return reference(expression, variables);
  if (Array.isArray(expression)) return arrayOf(expression.map(compiler.compile));
  if (isPlainObject(expression)) return compileObject(expression, compiler);
  return () => expression;
}

/** What an array leaves out would move its other elements, so it becomes null. */
const arrayOf =
  (parts: readonly Evaluate[]): Evaluate =>
  scope =>
    parts.map(evaluate => evaluate(scope) ?? null);

function reference(text: string, variables: ReadonlySet<string>): Evaluate {
  const isVariable = text.startsWith('$$');
  const parts = text.slice(isVariable ? 2 : 1).split('.');
  assertFieldPath(text, parts);
  if (!isVariable) return scope => expressionPath(currentOf(scope), parts);
  const [name = '', ...rest] = parts;
  const value = variableValue(name, variables);
  return scope => expressionPath(value(scope), rest);
}

function assertFieldPath(text: string, parts: readonly string[]): void {
  if (parts.length === 1 && parts[0] === '') throw refuse(`'${text}' by itself is not a valid FieldPath`);
  if (parts.at(-1) === '') throw refuse("FieldPath must not end with a '.'.");
  if (parts.includes('')) throw refuse('FieldPath field names may not be empty strings.');
  if (parts.some(part => part.startsWith('$'))) throw refuse(`FieldPath field names may not start with '$'.`);
}

const currentOf = ({ root, variables }: { root: unknown; variables: Readonly<Record<string, unknown>> }) =>
  Object.hasOwn(variables, 'CURRENT') ? variables.CURRENT : root;

function variableValue(name: string, variables: ReadonlySet<string>): Evaluate {
  if (variables.has(name)) return scope => scope.variables[name];
  switch (name) {
    case 'ROOT':
      return scope => scope.root;
    case 'CURRENT':
      return currentOf;
    case 'REMOVE':
      return () => undefined;
    case 'NOW':
      return () => new Date();
    default:
      throw refuse(`Use of undefined variable: ${name}`);
  }
}

function compileObject(object: Document, compiler: Compiler): Evaluate {
  const [first, ...others] = Object.keys(object);
  if (!first?.startsWith('$')) return objectOf(object, compiler);
  if (others.length)
    throw refuse(
      `an expression specification must contain exactly one field, found ${first} and ${others.join(', ')}`,
    );
  const operator = Object.hasOwn(OPERATORS, first) ? OPERATORS[first] : undefined;
  return (operator ?? laterOperator(first))(object[first], compiler);
}

function objectOf(object: Document, compiler: Compiler): Evaluate {
  const parts = Object.entries(object).map(([name, part]) => {
    if (name.startsWith('$')) throw refuse(`Unrecognized expression '${name}'`);
    if (name.includes('.')) throw refuse(`FieldPath field names may not contain '.'. Found ${name}`);
    return [name, compiler.compile(part)] as const;
  });
  return scope => {
    const made: Document = {};
    for (const [name, evaluate] of parts) {
      const value = evaluate(scope);
      if (value !== undefined) made[name] = value;
    }
    return made;
  };
}
