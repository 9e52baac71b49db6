import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../architecture/sources';

/** Lines of code that are tried, by what they would do. */
export type Snippets = Readonly<Record<string, string>>;

const parseConfig = (): ts.ParsedCommandLine => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.node.json'), path => ts.sys.readFile(path)) as {
    config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
};

/**
 * Compiles snippets as the project is compiled, each in a function of its own behind the same prelude.
 * @param prelude imports and declarations, as if the file lay in test/types.
 * @returns the messages of the compiler by snippet; those of the prelude under ''.
 */
export function compile(prelude: string, snippets: Snippets): Map<string, string[]> {
  const file = join(ROOT, 'test/types/snippets.ts');
  const names = Object.keys(snippets);
  const functions = names.map(
    (name, position) => `export async function f${position}() { ${snippets[name]} }`,
  );
  const text = [prelude, ...functions].join('\n');
  const firstLine = prelude.split('\n').length;

  const { options } = parseConfig();
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, target, ...rest) =>
    path === file ? ts.createSourceFile(path, text, target, true) : getSourceFile(path, target, ...rest);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  if (!source) throw new Error('the snippets were not compiled');

  const messages = new Map(['', ...names].map(name => [name, [] as string[]]));
  for (const { start = 0, messageText } of ts.getPreEmitDiagnostics(program, source)) {
    const line = source.getLineAndCharacterOfPosition(start).line;
    messages.get(names[line - firstLine] ?? '')?.push(ts.flattenDiagnosticMessageText(messageText, ' '));
  }
  return messages;
}
