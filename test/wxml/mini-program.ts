import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';

export const ROOT = resolve(__dirname, '../../miniprogram');

/** Every file of the app below its root, with forward slashes; packed npm packages left out. */
export function listFiles(extension: string, folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'miniprogram_npm' ? [] : listFiles(extension, path);
    return path.endsWith(extension) ? [relative(ROOT, path).split(sep).join('/')] : [];
  });
}

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const withoutExtension = (path: string): string => path.replace(/\.[a-z]+$/, '');

/** Pages and components: what has both a template and a script. Ids are paths without extension. */
export const listTemplates = (): string[] => listFiles('.wxml').map(withoutExtension);

/** Tag → where its component lies: an id below the root, or the name of an npm package's component. */
export function componentsOf(id: string): Record<string, string> {
  const json = JSON.parse(readText(`${id}.json`)) as { usingComponents?: Record<string, string> };
  const entries = Object.entries(json.usingComponents ?? {});
  return Object.fromEntries(entries.map(([tag, target]) => [tag, toId(target, id)]));
}

function toId(target: string, from: string): string {
  if (target.startsWith('/')) return target.slice(1);
  return target.startsWith('.') ? posix.join(posix.dirname(from), target) : target;
}

const NPM_ROOTS: Record<string, string> = {
  'tdesign-miniprogram': 'node_modules/tdesign-miniprogram/miniprogram_dist',
};

/** True for a component of the app itself. */
export const isOwn = (id: string): boolean => existsSync(join(ROOT, `${id}.json`));

/** Where a component lies below the project, without extension; those of npm packages are read where npm puts them. */
export function sourceOf(id: string): string {
  const [name = '', ...rest] = id.split('/');
  const packageRoot = NPM_ROOTS[name];
  return packageRoot === undefined ? `miniprogram/${id}` : `${packageRoot}/${rest.join('/')}`;
}

export const componentExists = (id: string): boolean =>
  existsSync(resolve(ROOT, '..', `${sourceOf(id)}.json`));

interface AppJson {
  pages: string[];
  subpackages: { root: string; pages: string[] }[];
  tabBar: { list: { pagePath: string }[] };
}

export const readAppJson = (): AppJson => JSON.parse(readText('app.json')) as AppJson;

export const listPages = ({ pages, subpackages }: AppJson): string[] => [
  ...pages,
  ...subpackages.flatMap(pack => pack.pages.map(page => `${pack.root}/${page}`)),
];
