/** What the parts of the expression compiler share. */

/** What an expression is evaluated on. */
export interface Scope {
  /** `$$ROOT`, and `$$CURRENT` unless a variable of that name hides it. */
  readonly root: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** `undefined` is a missing value. */
export type Evaluate = (scope: Scope) => unknown;

/** Compiles parts of an expression, knowing which variables are defined there. */
export interface Compiler {
  readonly compile: (expression: unknown) => Evaluate;
  /** A compiler for where these variables are defined as well. */
  readonly withVariables: (names: readonly string[]) => Compiler;
}

/** Compiles an operator's argument. @throws AdminError for a wrong number of arguments or wrong fields */
export type OperatorCompiler = (argument: unknown, compiler: Compiler) => Evaluate;

export type Operators = Readonly<Record<string, OperatorCompiler>>;
