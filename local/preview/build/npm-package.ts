import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a package keeps its files for mini-programs, and what of the reference lies inside it. */
export interface NpmReference {
  name: string;
  dir: string;
  inside: string;
}

const DEFAULT_FOLDER = 'miniprogram_dist';

/** Finds `package/path` from a folder upwards, by the `miniprogram` field as DevTools does. @returns undefined when no such package is installed. */
export function findNpmReference(reference: string, fromDir: string): NpmReference | undefined {
  const name = reference
    .split('/')
    .slice(0, reference.startsWith('@') ? 2 : 1)
    .join('/');
  const packageDir = findPackageDir(name, fromDir);
  if (!packageDir) return undefined;
  const { miniprogram } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    miniprogram?: string;
  };
  return {
    name,
    dir: join(packageDir, miniprogram ?? DEFAULT_FOLDER),
    inside: reference.slice(name.length + 1),
  };
}

function findPackageDir(name: string, fromDir: string): string | undefined {
  const candidate = join(fromDir, 'node_modules', name);
  if (existsSync(join(candidate, 'package.json'))) return candidate;
  const parent = dirname(fromDir);
  return parent === fromDir ? undefined : findPackageDir(name, parent);
}
