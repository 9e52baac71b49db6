import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** A start that cannot go on. Its message is one sentence that names the file, folder or port and says what to do. */
export class StartError extends Error {}

/** Collections that cannot be had as they are listed; whoever read them from a file names it. */
export class CollectionsError extends StartError {}

/** Says what failed with the system's own word for why: `ENOSPC: no space left on device, write`. */
export function causeOf(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  if (typeof message !== 'string') return String(error);
  return typeof code === 'string' && !message.includes(code) ? `${code}: ${message}` : message;
}

/** A refusal of the operating system: no space, no permission, no such file. */
export const isSystemError = (error: unknown): boolean =>
  typeof (error as { syscall?: unknown } | undefined)?.syscall === 'string';

/** Reads a file of settings. @throws StartError that names the file when it cannot be read or is not as it must be */
export function readSettings<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, parseFile(file));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  throw new StartError(`${file} is not as it must be: ${place ? `${place}: ` : ''}${issue.message}`);
}

function parseFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const isSyntax = error instanceof SyntaxError;
    throw new StartError(
      isSyntax ? `${file} holds no JSON: ${error.message}` : `${file} cannot be read: ${causeOf(error)}`,
    );
  }
}
