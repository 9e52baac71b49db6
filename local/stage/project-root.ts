import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, from wherever this code runs: sources under test, or a bundle in dist/local. */
export function projectRoot(from: string = __dirname): string {
  if (existsSync(join(from, 'cloudbaserc.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('run this inside the project');
  return projectRoot(parent);
}
