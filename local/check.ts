/** Types and the suites of one part of the project: what a change there has to pass before the whole is tested. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findParts } from './check/parts';
import { projectRoot } from './stage/project-root';

const PARTS = findParts(projectRoot());

const HELP = `npm run check -- PART

Runs the types of the whole and the suites of one part, in less than two minutes.
Parts: ${[...PARTS.keys()].sort().join(', ')}.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [name = ''] = positionals;
  const folders = PARTS.get(name);
  if (values.help) return console.log(HELP);
  if (!folders) throw new Error(`${name === '' ? 'Name a part.' : `There is no part "${name}".`}\n\n${HELP}`);
  const areTypesRight = await Promise.all(
    ['tsconfig.json', 'tsconfig.node.json'].map(project => succeeds('tsc', '--noEmit', '-p', project)),
  );
  const isRight =
    areTypesRight.every(Boolean) && (await succeeds('jest', ...folders.map(path => `${path}/`)));
  if (!isRight) process.exitCode = 1;
}

async function succeeds(command: string, ...words: string[]): Promise<boolean> {
  const program = join(projectRoot(), 'node_modules/.bin', command);
  const child = spawn(program, words, { cwd: projectRoot(), stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
