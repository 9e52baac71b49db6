import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Path of a bundle that runs as a process or thread of its own: beside this program's own bundle, or, when the sources
 * run directly (tests), in the `dist/local` of the enclosing package. Throws when it has not been built.
 */
export function findStartedFile(name: string, from: string = __dirname): string {
  for (const candidate of [join(from, name), join(from, 'dist/local', name)]) {
    if (existsSync(candidate)) return candidate;
  }
  const parent = dirname(from);
  if (parent === from) throw new Error(`${name} is not built: run "npm run build" first`);
  return findStartedFile(name, parent);
}
