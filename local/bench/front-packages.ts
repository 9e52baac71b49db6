import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { transform } from 'esbuild';
import { scanApp } from '../preview/build/app-scan';
import type { AppJson } from '../preview/shared/mini-program-json';
import { projectRoot } from '../stage/project-root';

export interface PackageSize {
  /** '' for the main package. */
  root: string;
  kb: number;
}

const KB = 1024;
/** Not packed: DevTools leaves them out by project.config.json, or they are read by people only. */
const LEFT_OUT = /\.(md|map|d\.ts)$|^miniprogram_npm\//;
const PACKED_COMPONENT_FILES = ['.js', '.json', '.wxml', '.wxss'];

/** What each package would weigh when uploaded: scripts minified, the rest as it lies there. */
export async function measurePackages(): Promise<PackageSize[]> {
  const root = join(projectRoot(), 'miniprogram');
  const { subpackages = [] } = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8')) as AppJson;
  const roots = subpackages.map(subpackage => subpackage.root);
  const bytes = new Map<string, number>(['', ...roots].map(name => [name, 0]));
  for (const file of listFiles(root)) {
    const path = relative(root, file).split(sep).join('/');
    if (LEFT_OUT.test(path)) continue;
    const owner = roots.find(name => path.startsWith(`${name}/`)) ?? '';
    bytes.set(owner, (bytes.get(owner) ?? 0) + (await packedBytes(file)));
  }
  bytes.set('', (bytes.get('') ?? 0) + (await measureNpm(root)));
  return [...bytes].map(([name, size]) => ({ root: name, kb: Math.round((size / KB) * 10) / 10 }));
}

/** Libraries lie in the main package, whoever uses them. */
async function measureNpm(root: string): Promise<number> {
  const scan = scanApp(root);
  const components = scan.units.filter(({ id }) => id.startsWith('miniprogram_npm/'));
  const files = new Set<string>();
  for (const { path } of components) {
    for (const ending of PACKED_COMPONENT_FILES) follow(`${path}${ending}`, files);
  }
  for (const library of ['dayjs/dayjs.min.js', 'weapp-qrcode/dist/weapp.qrcode.common.js'])
    files.add(join(projectRoot(), 'node_modules', library));
  let sum = 0;
  for (const file of files) sum += await packedBytes(file);
  return sum;
}

/** `import './x'`, `require('./x')`, `@import './x'`, `<wxs src="./x">`, `<import src="./x">`. */
const REFERENCES = /(?:from|import|require\(|src=)\s*["']([^"']+)["']/g;

/** A file with everything that it refers to. */
function follow(file: string, found: Set<string>): void {
  const text = read(file);
  if (found.has(file) || text === undefined) return;
  found.add(file);
  for (const [, reference = ''] of text.matchAll(REFERENCES)) {
    if (!reference.startsWith('.')) continue;
    const path = join(file, '..', reference);
    const candidates = extname(path) ? [path, `${path}.js`] : [`${path}.js`, join(path, 'index.js')];
    for (const candidate of candidates) follow(candidate, found);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function listFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

async function packedBytes(file: string): Promise<number> {
  const source = readFileSync(file);
  if (!/\.(ts|js)$/.test(file)) return source.length;
  const { code } = await transform(source.toString(), {
    loader: file.endsWith('.ts') ? 'ts' : 'js',
    format: 'cjs',
    minify: true,
    target: 'es2018',
  });
  return Buffer.byteLength(code);
}
