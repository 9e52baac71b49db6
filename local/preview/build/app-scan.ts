import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  CUSTOM_TAB_BAR,
  type AppDescription,
  type AppJson,
  type ComponentJson,
  type UnitDescription,
} from '../shared/mini-program-json';
import { findNpmReference } from './npm-package';

/** A page or component with its place on the disk. */
export interface ScannedUnit extends UnitDescription {
  /** Absolute path without extension. */
  path: string;
}

/** A folder that files are taken from: the mini-program's own or an npm package's. */
export interface SourceRoot {
  dir: string;
  /** What the ids of its files start with. */
  idPrefix: string;
}

export interface AppScan {
  root: string;
  app: AppDescription;
  /** Dependencies before those who use them, as the loading order must be. */
  units: ScannedUnit[];
  sourceRoots: SourceRoot[];
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Reads app.json and every page and component that it leads to. `pages` narrows it down to some pages. */
export function scanApp(root: string, pages?: readonly string[]): AppScan {
  const app = readJson<AppJson>(join(root, 'app.json'));
  const allPages = [
    ...app.pages,
    ...(app.subpackages ?? app.subPackages ?? []).flatMap(({ root: folder, pages: inside }) =>
      inside.map(page => `${folder.replace(/\/$/, '')}/${page}`),
    ),
  ];
  const scanner = new Scanner(root, app);
  for (const page of pages ?? allPages) scanner.visit(join(root, page), true);
  if (app.tabBar?.custom && !pages) scanner.visit(join(root, CUSTOM_TAB_BAR), false);
  return {
    root,
    app: { ...app, pages: allPages },
    units: [...scanner.units.values()],
    sourceRoots: scanner.sourceRoots,
  };
}

class Scanner {
  readonly units = new Map<string, ScannedUnit>();
  readonly sourceRoots: SourceRoot[];

  constructor(
    private readonly root: string,
    private readonly app: AppJson,
  ) {
    this.sourceRoots = [{ dir: root, idPrefix: '' }];
  }

  visit(path: string, isPage: boolean): ScannedUnit {
    const known = this.units.get(path);
    if (known) return known;
    if (!existsSync(`${path}.wxml`)) throw new Error(`there is no ${relative(this.root, path)}.wxml`);
    const json = existsSync(`${path}.json`) ? readJson<ComponentJson>(`${path}.json`) : {};
    const id = this.toId(path);
    const unit: ScannedUnit = { id, path, isPage, json, stylePrefix: isPage ? '' : this.prefixFor(id, json) };
    this.units.set(path, unit);
    unit.json = this.resolveReferences(unit);
    // Entered again so that it follows what it uses.
    this.units.delete(path);
    this.units.set(path, unit);
    return unit;
  }

  private resolveReferences({ path, json }: ScannedUnit): ComponentJson {
    const isOwn = path.startsWith(this.root + sep);
    const references = { ...(isOwn ? this.app.usingComponents : {}), ...json.usingComponents };
    const usingComponents = Object.fromEntries(
      Object.entries(references).map(([tag, reference]) => [tag, this.follow(reference, path)]),
    );
    const componentGenerics = Object.fromEntries(
      Object.entries(json.componentGenerics ?? {}).map(([name, generic]) => [
        name,
        typeof generic === 'object' && generic.default
          ? { default: this.follow(generic.default, path) }
          : generic,
      ]),
    );
    return { ...json, usingComponents, ...(json.componentGenerics && { componentGenerics }) };
  }

  private follow(reference: string, fromPath: string): string {
    return `/${this.visit(this.resolve(reference, dirname(fromPath)), false).id}`;
  }

  private resolve(reference: string, fromDir: string): string {
    if (reference.startsWith('/')) return join(this.root, reference);
    const relativePath = resolve(fromDir, reference);
    if (reference.startsWith('.') || existsSync(`${relativePath}.json`)) return relativePath;
    const npm = findNpmReference(reference, fromDir);
    if (!npm) throw new Error(`component ${reference} is not found from ${relative(this.root, fromDir)}`);
    if (!this.sourceRoots.some(({ dir }) => dir === npm.dir)) {
      this.sourceRoots.push({ dir: npm.dir, idPrefix: `miniprogram_npm/${npm.name}/` });
    }
    const path = join(npm.dir, npm.inside);
    return existsSync(`${path}.json`) ? path : join(path, 'index');
  }

  private toId(path: string): string {
    const source = this.sourceRoots.find(({ dir }) => path.startsWith(dir + sep));
    if (!source) throw new Error(`${path} lies outside the mini-program`);
    return source.idPrefix + relative(source.dir, path).split(sep).join('/');
  }

  /** Styles of a component stay inside it, except where its JSON shares them both ways. */
  private prefixFor(id: string, { styleIsolation }: ComponentJson): string {
    const isShared = styleIsolation === 'shared' || styleIsolation === 'page-shared';
    return isShared ? '' : id.replace(/^miniprogram_npm\//, '').replace(/[^\w-]+/g, '_');
  }
}
