import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { context, type BuildContext, type BuildOptions, type Plugin } from 'esbuild';
import { projectRoot } from '../../stage/project-root';
import type { AppScan } from './app-scan';
import { findNpmReference } from './npm-package';

/** Folder of the preview's own sources, which run in the browser. */
export const previewDir = (): string => join(projectRoot(), 'local/preview');

const COMMON: BuildOptions = {
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  mainFields: ['module', 'main'],
  resolveExtensions: ['.ts', '.js'],
  loader: { '.css': 'text' },
  define: { 'process.env.NODE_ENV': '"production"' },
  sourcemap: 'linked',
  write: true,
  logLevel: 'silent',
};

/**
 * Bundles the host with all modules of the mini-program into phone.js. Built again, it reads only what has changed, as long as
 * the list of pages and components stays the same.
 */
export class PhoneBundler {
  private built: { entry: string; context: BuildContext } | undefined;

  constructor(private readonly outDir: string) {}

  async bundle(scan: AppScan): Promise<void> {
    const entry = writeEntry(scan);
    if (this.built?.entry !== entry) {
      await this.dispose();
      this.built = { entry, context: await this.open(entry, scan) };
    }
    await this.built.context.rebuild();
  }

  async dispose(): Promise<void> {
    await this.built?.context.dispose();
    this.built = undefined;
  }

  private open(entry: string, scan: AppScan): Promise<BuildContext> {
    return context({
      ...COMMON,
      stdin: { contents: entry, resolveDir: previewDir(), sourcefile: 'phone-entry.js' },
      outfile: join(this.outDir, 'phone.js'),
      plugins: [miniProgramModules(scan)],
    });
  }
}

/** Bundles the page that shows the phones. */
export async function bundleShell(outDir: string): Promise<void> {
  const shell = await context({
    ...COMMON,
    entryPoints: [join(previewDir(), 'shell/phones.ts')],
    outfile: join(outDir, 'phones.js'),
  });
  await shell.rebuild();
  await shell.dispose();
}

function writeEntry({ app, units, root }: AppScan): string {
  const text = (value: unknown): string => JSON.stringify(value);
  const described = units.map(
    ({ path, ...unit }) => `{ ...${text(unit)}, load: () => require(${text(path)}) }`,
  );
  return [
    `import { boot } from ${text(join(previewDir(), 'runtime/boot.ts'))};`,
    'boot({',
    `  app: ${text(app)},`,
    '  templates: globalThis.previewTemplates,',
    '  styles: globalThis.previewStyles,',
    `  units: [${described.join(',\n')}],`,
    `  loadApp: () => require(${text(join(root, 'app'))}),`,
    '});',
  ].join('\n');
}

/** Finds modules as the mini-program does: below its root, in npm packages by their `miniprogram` field, and in what those bring along. */
function miniProgramModules({ root, sourceRoots }: AppScan): Plugin {
  return {
    name: 'mini-program-modules',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, importer, resolveDir, kind }) => {
        if (kind === 'entry-point' || isAbsolute(path)) return undefined;
        const owner = sourceRoots.find(({ dir, idPrefix }) => idPrefix && importer.startsWith(dir + sep));
        const npm = findNpmReference(path, resolveDir);
        const found = [owner && join(owner.dir, 'miniprogram_npm', path), npm && join(npm.dir, npm.inside)]
          .flatMap(base => (base ? [base, `${base}.js`, join(base, 'index.js')] : []))
          .find(isFile);
        return found ? { path: found } : undefined;
      });
      build.onResolve({ filter: /^\// }, ({ path, importer, kind }) =>
        importer.startsWith(root + sep) && !existsSync(path)
          ? build.resolve(`.${path}`, { resolveDir: root, kind })
          : undefined,
      );
    },
  };
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
