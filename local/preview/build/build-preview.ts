import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanApp } from './app-scan';
import { bundleShell, PhoneBundler, previewDir } from './bundle';
import { StyleCompiler } from './styles';
import { compileTemplates, type TemplateProblem } from './templates';

export interface BuildOptions {
  miniprogramRoot: string;
  /** Where the pages, scripts and styles for the browser are written. */
  outDir: string;
}

export interface BuildReport {
  durationMs: number;
  pages: number;
  components: number;
  problems: TemplateProblem[];
}

/** A built preview, which can be built again after changes. */
export interface Preview extends BuildOptions {
  report: BuildReport;
  rebuild(): Promise<BuildReport>;
  dispose(): Promise<void>;
}

/** Templates that cannot be compiled: pages would stay empty. */
export class TemplateError extends Error {}

/** Builds the browser version of a mini-program. @throws Error for what cannot be built, naming file and place. */
export async function buildPreview(options: BuildOptions): Promise<Preview> {
  const builder = new PreviewBuilder(options);
  mkdirSync(options.outDir, { recursive: true });
  const [report] = await Promise.all([builder.build(), bundleShell(options.outDir)]);
  copyPages(options.outDir);
  const preview: Preview = {
    ...options,
    report,
    rebuild: async () => (preview.report = await builder.build()),
    dispose: () => builder.dispose(),
  };
  return preview;
}

class PreviewBuilder {
  private readonly styles = new StyleCompiler();
  private readonly bundler: PhoneBundler;

  constructor(private readonly options: BuildOptions) {
    this.bundler = new PhoneBundler(options.outDir);
  }

  async build(): Promise<BuildReport> {
    const startedMs = performance.now();
    const scan = scanApp(this.options.miniprogramRoot);
    // The bundler works in a process of its own, so both get on at the same time.
    const bundling = this.bundler.bundle(scan);
    bundling.catch(() => undefined);
    const templates = compileTemplates(scan);
    const styles = this.styles.compile(scan);
    await bundling;
    failOnErrors(templates.problems);
    this.write('templates.js', `globalThis.previewTemplates = ${templates.code};`);
    this.write('styles.js', `globalThis.previewStyles = ${JSON.stringify(styles)};`);
    return {
      durationMs: Math.round(performance.now() - startedMs),
      pages: scan.app.pages.length,
      components: scan.units.length,
      problems: templates.problems,
    };
  }

  dispose(): Promise<void> {
    return this.bundler.dispose();
  }

  /** Moved into place, so that nobody reads half a file. */
  private write(name: string, text: string): void {
    const file = join(this.options.outDir, name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}

function failOnErrors(problems: readonly TemplateProblem[]): void {
  const errors = problems.filter(({ isError }) => isError);
  if (errors.length > 0) throw new TemplateError(errors.map(describeProblem).join('\n'));
}

/** `pages/home/home.wxml:3:5 message`. */
export const describeProblem = ({ file, line, column, message }: TemplateProblem): string =>
  `${file}:${line}:${column} ${message}`;

function copyPages(outDir: string): void {
  for (const folder of ['shell', 'runtime']) {
    const dir = join(previewDir(), folder);
    for (const name of existsSync(dir) ? readdirSync(dir) : []) {
      if (/\.(html|css)$/.test(name)) copyFileSync(join(dir, name), join(outDir, name));
    }
  }
}
