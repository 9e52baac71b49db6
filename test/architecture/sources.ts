import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

export const ROOT = join(__dirname, '../..');

/**
 * Files below a folder of the project, as paths from the root with forward slashes; generated ones left out.
 * @throws Error when there is no such folder: a rule about it would hold of nothing
 */
export function listFiles(folder: string, endings: readonly string[] = ['.ts']): string[] {
  const start = join(ROOT, folder);
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .map(path => join(folder, path))
    .filter(path => !/(^|\/)(node_modules|miniprogram_npm|dist)\//.test(path))
    .filter(path => endings.some(ending => path.endsWith(ending)) && statSync(join(ROOT, path)).isFile());
}

export const readSource = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export interface Import {
  from: string;
  /** A path of the project, or the name of a package. */
  to: string;
  isPackage: boolean;
}

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  resolveJsonModule: true,
};

/** Everything that a file imports, exports from or loads lazily, as the compiler resolves it. */
export function importsOf(path: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readSource(path), true, true);
  return importedFiles.map(({ fileName }) => {
    const isPackage = !fileName.startsWith('.');
    return { from: path, to: isPackage ? packageOf(fileName) : resolve(path, fileName), isPackage };
  });
}

function resolve(from: string, name: string): string {
  const { resolvedModule } = ts.resolveModuleName(name, join(ROOT, from), OPTIONS, ts.sys);
  return relative(ROOT, resolvedModule?.resolvedFileName ?? join(ROOT, dirname(from), name));
}

const packageOf = (name: string): string =>
  name.startsWith('node:') ? name : name.split('/', name.startsWith('@') ? 2 : 1).join('/');
