import { readdirSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

/** Parts by name, each with the folders of its suites, as paths from the project's root. */
export type Parts = ReadonlyMap<string, readonly string[]>;

const TESTS = 'test';
const SOURCES = ['miniprogram', 'cloudfunctions', 'local'];

/**
 * The parts of the project, read off its folders: every folder of suites is a part by its name, and so is every source
 * folder with the suites that mirror what is in it.
 */
export function findParts(root: string): Parts {
  const folders = foldersOfSuites(root);
  const parts = new Map<string, string[]>();
  for (const folder of folders) {
    const name = namesOf(folder).at(-1) ?? '';
    parts.set(name, [...(parts.get(name) ?? []), folder]);
  }
  for (const source of SOURCES) {
    const mirrored = contentsOf(join(root, source)).flatMap(name => [name, `${source}-${name}`]);
    parts.set(
      source,
      folders.filter(folder => namesOf(folder).some(name => mirrored.includes(name))),
    );
  }
  return parts;
}

/** Folders below test/ that hold suites, themselves or in what is below them. */
function foldersOfSuites(root: string): string[] {
  const suites = readdirSync(join(root, TESTS), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.test.ts'))
    .map(path => path.split('/').slice(0, -1));
  const folders = suites.flatMap(names => names.map((_, at) => names.slice(0, at + 1).join('/')));
  return [...new Set(folders)].sort().map(folder => join(TESTS, folder));
}

const namesOf = (folder: string): string[] => relative(TESTS, folder).split('/');

/** What a source folder has: its folders, those that all of it shares, and its kinds of files, since these have suites too. */
function contentsOf(source: string): string[] {
  const folders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
  const own = folders(source);
  const shared = own.includes('shared') ? folders(join(source, 'shared')) : [];
  const kinds = readdirSync(source, { recursive: true, encoding: 'utf8' }).map(name =>
    extname(name).slice(1),
  );
  return [...new Set([...own, ...shared, ...kinds])];
}
