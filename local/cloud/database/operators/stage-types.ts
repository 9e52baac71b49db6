/** What the stages of a pipeline share. */
import type { Document } from '../document-values';

export type StageInput = Iterable<Document>;

/** Hands on what a stage makes of its documents. `variables` are values of the `let` of a `$lookup` around it. */
export type StageRun = (input: StageInput, variables: Readonly<Record<string, unknown>>) => StageInput;

export interface StageContext {
  /** Names that are defined besides the system's variables. */
  readonly variables: readonly string[];
  /** Compiles a `$lookup`, which has to know where to read. */
  readonly lookup: (spec: unknown) => StageRun;
}
