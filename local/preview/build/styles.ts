import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AppScan, ScannedUnit } from './app-scan';
import { IconFilter, Icons } from './icons';
import { compileWxss, type CompiledWxss } from './wxss';

interface CacheEntry extends CompiledWxss {
  stamp: string;
}

/** Name under which app.wxss is kept beside the sheets of pages and components. */
export const APP_SHEET = 'app';

/** Compiles the style sheets of an app, and on later runs only those whose files have changed. */
export class StyleCompiler {
  private readonly cache = new Map<string, CacheEntry>();
  private readonly icons = new Icons();

  /** @returns CSS by component id, app.wxss under {@link APP_SHEET}. */
  compile(scan: AppScan): Record<string, string> {
    const filter = new IconFilter(readSources(scan));
    const sheets: Record<string, string> = {};
    const add = (id: string, path: string, stylePrefix: string): void => {
      const file = `${path}.wxss`;
      if (existsSync(file)) sheets[id] = this.compileOne(file, { scan, stylePrefix, filter });
    };
    add(APP_SHEET, join(scan.root, 'app'), '');
    for (const unit of scan.units) add(unit.id, unit.path, unit.stylePrefix);
    return sheets;
  }

  private compileOne(
    file: string,
    { scan, stylePrefix, filter }: { scan: AppScan; stylePrefix: string; filter: IconFilter },
  ): string {
    const cached = this.cache.get(file);
    if (cached && cached.stamp === stampOf(cached.files)) return cached.css;
    const compiled = compileWxss(file, {
      root: scan.root,
      stylePrefix,
      keepDarkScheme: scan.app.darkmode === true,
      icons: { pictures: this.icons, filter },
    });
    this.cache.set(file, { ...compiled, stamp: stampOf(compiled.files) });
    return compiled.css;
  }
}

const stampOf = (files: readonly string[]): string =>
  files.map(file => (existsSync(file) ? statSync(file).mtimeMs : 0)).join();

/** Everything that may name an icon: the mini-program's own files and the components that it uses. */
function* readSources({ root, units }: AppScan): Generator<string> {
  for (const file of listFiles(root))
    if (/\.(ts|js|wxml|wxs|json)$/.test(file)) yield readFileSync(file, 'utf8');
  const foreign = units.filter(({ path }) => !path.startsWith(root));
  for (const dir of new Set(foreign.map(({ path }: ScannedUnit) => dirname(path)))) {
    for (const file of readdirSync(dir)) {
      if (/\.(js|wxml|wxs)$/.test(file)) yield readFileSync(join(dir, file), 'utf8');
    }
  }
}

/** All files below a folder, without packed npm packages. */
export function* listFiles(dir: string): Generator<string> {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (!entry.isDirectory()) yield path;
    else if (entry.name !== 'node_modules' && entry.name !== 'miniprogram_npm') yield* listFiles(path);
  }
}
