// Bundles the programs of local/ into dist/local: every local/*.ts, and the processes and workers that they start.
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const here = import.meta.dirname;
const programs = readdirSync(here)
  .filter(name => name.endsWith('.ts'))
  .map(name => join(here, name));
/** Started as a process or a worker thread of their own, so each needs a file of its own. */
const started = [
  'cloud/database/database-process.ts',
  'cloud/database/aggregate-worker.ts',
  'cloud/functions/instance-worker.ts',
  'drills/sample-inputs.ts',
].map(name => join(here, name));

/** The functions that the bench measures the project's own against: bundled as those are. */
await build({
  entryPoints: {
    'bare/index': join(here, 'bench/bare-update.ts'),
    'bareReadAndWrite/index': join(here, 'bench/bare-read-and-write.ts'),
  },
  outdir: join(here, '../dist/bench'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
});

await build({
  entryPoints: Object.fromEntries([...programs, ...started].map(path => [basename(path, '.ts'), path])),
  outdir: join(here, '../dist/local'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
});
