// Bundles each cloud function into dist/cloudfunctions/<name>/: one index.js with everything in it, SDK included,
// so that nothing has to be installed in the cloud and cold starts are short. Functions are found, not listed.
import { build } from 'esbuild';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const here = import.meta.dirname;
const target = join(here, '../dist/cloudfunctions');
const names = readdirSync(here).filter(name => existsSync(join(here, name, 'index.ts')));

// One build for all: what they share is parsed once.
await build({
  entryPoints: Object.fromEntries(names.map(name => [`${name}/index`, join(here, name, 'index.ts')])),
  outdir: target,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Chinese as it is, not as escapes twice as long.
  charset: 'utf8',
  // Its other form loads its parts in a way that cannot be bundled.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  logLevel: 'warning',
});
const manifestOf = name =>
  JSON.stringify({ name, version: '1.0.0', main: 'index.js', private: true }, null, 2) + '\n';
for (const name of names) {
  writeFileSync(join(target, name, 'package.json'), manifestOf(name));
  const config = join(here, name, 'config.json');
  if (existsSync(config)) cpSync(config, join(target, name, 'config.json'));
}

// Functions that are gone go last: a build that fails leaves the earlier one whole. What no build has made stays.
for (const name of readdirSync(target).filter(each => !names.includes(each))) {
  const manifest = join(target, name, 'package.json');
  const isBuilt = existsSync(manifest) && readFileSync(manifest, 'utf8') === manifestOf(name);
  if (isBuilt) rmSync(join(target, name), { recursive: true });
}

const write = (name, value) =>
  writeFileSync(join(here, '../dist', name), JSON.stringify(value, null, 2) + '\n');

// The list of collections and indexes, for the local cloud and for the deployment.
const { outputFiles } = await build({
  entryPoints: [join(here, 'shared/store/collections.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  logLevel: 'warning',
});
const source = `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`;
const { collectionDefinitions } = await import(source);
write('collections.json', collectionDefinitions());

// The names of the migrations in their order, for whoever waits for them.
const migrations = readdirSync(join(here, 'migrations')).filter(name => /^\d{4}-.*\.ts$/.test(name));
write('migrations.json', migrations.map(name => basename(name, '.ts')).sort());
