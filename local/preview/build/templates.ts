import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { TmplGroup } from 'glass-easel-template-compiler';
import type { AppScan, SourceRoot } from './app-scan';
import { listRequiredScripts, toScriptSource } from './wxs-source';

export interface TemplateProblem {
  file: string;
  line: number;
  column: number;
  message: string;
  isError: boolean;
}

export interface CompiledTemplates {
  /** JavaScript expression: an object of template functions by component id. */
  code: string;
  /** Of the mini-program's own files; npm packages are taken as they are. */
  problems: TemplateProblem[];
}

interface ParseError {
  path: string;
  startLine: number;
  startColumn: number;
  message: string;
  isError: boolean;
}

/** Names that the compiled templates look up when they meet WXS handlers; runtime/framework/wxs-events.ts provides them. */
const WXS_HOOKS = 'Q.A=globalThis.__wxsChange;Q.C=globalThis.__wxsEvent;';

/** Compiles all WXML, with the templates and scripts that it includes, into one group. */
export function compileTemplates(scan: Pick<AppScan, 'units' | 'sourceRoots'>): CompiledTemplates {
  const compiler = new TemplateCompiler(scan.sourceRoots);
  try {
    for (const { id } of scan.units) compiler.addTemplate(id);
    return { code: compiler.generate(), problems: compiler.problems };
  } finally {
    compiler.free();
  }
}

class TemplateCompiler {
  readonly problems: TemplateProblem[] = [];
  private readonly group = new TmplGroup();
  private readonly added = new Set<string>();

  constructor(private readonly sourceRoots: readonly SourceRoot[]) {
    this.group.setExtraRuntimeScript(WXS_HOOKS);
  }

  addTemplate(id: string): void {
    if (this.isAdded(`${id}.wxml`)) return;
    const found = this.group.addTmpl(id, this.read(`${id}.wxml`)) as ParseError[] | undefined;
    this.problems.push(...(found ?? []).filter(isWorthTelling).map(toProblem));
    for (const name of this.group.getInlineScriptModuleNames(id) as string[]) {
      this.group.setInlineScript(id, name, toScriptSource(this.group.getInlineScript(id, name)));
    }
    for (const dependency of this.group.getDirectDependencies(id) as string[]) this.addTemplate(dependency);
    for (const script of this.group.getScriptDependencies(id) as string[]) this.addScript(script);
  }

  generate(): string {
    return this.group.getTmplGenObjectGroups();
  }

  free(): void {
    this.group.free();
  }

  private addScript(id: string): void {
    if (this.isAdded(`${id}.wxs`)) return;
    const source = this.read(`${id}.wxs`);
    this.group.addScript(id, toScriptSource(source));
    for (const required of listRequiredScripts(source)) {
      this.addScript(posix.join(posix.dirname(id), required));
    }
  }

  private isAdded(file: string): boolean {
    if (this.added.has(file)) return true;
    this.added.add(file);
    return false;
  }

  private read(file: string): string {
    const source = [...this.sourceRoots].reverse().find(({ idPrefix }) => file.startsWith(idPrefix));
    if (!source) throw new Error(`no source root for ${file}`);
    return readFileSync(join(source.dir, file.slice(source.idPrefix.length)), 'utf8');
  }
}

const isWorthTelling = (error: ParseError): boolean => !error.path.startsWith('miniprogram_npm/');

const toProblem = ({ path, startLine, startColumn, message, isError }: ParseError): TemplateProblem => ({
  file: `${path}.wxml`,
  line: startLine + 1,
  column: startColumn + 1,
  message,
  isError,
});
