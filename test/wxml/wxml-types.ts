import { TmplGroup, type TmplConvertedExpr } from 'glass-easel-template-compiler';
import { basename, dirname, join, posix, resolve } from 'node:path';
import * as ts from 'typescript';
import { componentsOf, isOwn, listTemplates, readText, ROOT } from './mini-program';

/**
 * Checks templates against their scripts: each template becomes a TypeScript file that uses the data, the handlers and the
 * properties of the own components it names; its errors are brought back to the template's line and column.
 */
export function checkTemplateTypes(): string[] {
  const group = TmplGroup.newDev();
  const sources = new Map(listTemplates().map(id => [`${join(ROOT, id)}.wxml.ts`, convert(group, id)]));
  const program = createProgram(sources);
  return [...sources].flatMap(([path, source]) => problemsOf(program, path, source));
}

interface Source {
  id: string;
  code: string;
  converted: TmplConvertedExpr;
}

function convert(group: TmplGroup, id: string): Source {
  group.addTmpl(id, readText(`${id}.wxml`));
  const converted = group.getTmplConvertedExpr(id, declarations(id));
  return { id, code: correct(converted.code() ?? ''), converted };
}

/** Repairs two things that the compiler's helpers get wrong, without moving any column of the template's own part. */
function correct(code: string): string {
  return (
    code
      // Lists may be readonly.
      .replace(/extends (\(infer T\)|any)\[\]/g, 'extends readonly $1[]')
      // A text given to a property is read as if it were certainly there; ours may be undefined.
      .replace(/_string_or_number_:string\|number(?==_tag_\.)/g, given =>
        '_given_:unknown'.padEnd(given.length),
      )
  );
}

/** What a generated file knows: the script's data and methods, and the properties of own components by tag. */
function declarations(id: string): string {
  const own = Object.entries(componentsOf(id)).filter(([, target]) => isOwn(target));
  const imports = own.map(([, target], index) => {
    const path = posix.relative(posix.dirname(id), target);
    return `import type c${index} from '${path.startsWith('.') ? path : `./${path}`}';`;
  });
  const tags = own.map(([tag], index) => `'${tag}': WxmlProperties<typeof c${index}>;`);
  return `import type component from './${basename(id)}'; ${imports.join(' ')}
declare const data: WxmlData<typeof component>; declare const methods: WxmlMethods<typeof component>;
declare const tags: { ${tags.join(' ')} [other: string]: WxmlAnyTag };
export default {};
`;
}

const TYPINGS = join(__dirname, 'template-globals.d.ts');

function createProgram(sources: ReadonlyMap<string, Source>): ts.Program {
  const configPath = resolve(ROOT, '../tsconfig.json');
  const read = ts.readConfigFile(configPath, path => ts.sys.readFile(path)).config as unknown;
  const config = ts.parseJsonConfigFileContent(read, ts.sys, dirname(configPath));
  const options = { ...config.options, noUnusedLocals: false, noUncheckedIndexedAccess: false };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (path, ...rest) => {
    const source = sources.get(path);
    return source
      ? ts.createSourceFile(path, source.code, ts.ScriptTarget.ES2022, true)
      : getSourceFile.call(host, path, ...rest);
  };
  host.fileExists = path => sources.has(path) || fileExists.call(host, path);
  host.readFile = path => sources.get(path)?.code ?? readFile.call(host, path);
  return ts.createProgram([...config.fileNames, TYPINGS, ...sources.keys()], options, host);
}

function problemsOf(program: ts.Program, path: string, { id, converted }: Source): string[] {
  const file = program.getSourceFile(path);
  if (!file) return [`${id}.wxml was not compiled`];
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return found.map(problem => {
    const text = ts.flattenDiagnosticMessageText(problem.messageText, ' ');
    return `${id}.wxml${locate(file, problem, converted)} ${text}`;
  });
}

function locate(file: ts.SourceFile, problem: ts.Diagnostic, converted: TmplConvertedExpr): string {
  const start = file.getLineAndCharacterOfPosition(problem.start ?? 0);
  const end = file.getLineAndCharacterOfPosition((problem.start ?? 0) + (problem.length ?? 0));
  const [line, column] =
    converted.getSourceLocation(start.line, start.character, end.line, end.character) ?? [];
  return line === undefined ? ` (generated line ${start.line + 1})` : `:${line + 1}:${(column ?? 0) + 1}`;
}
