import { TmplGroup } from 'glass-easel-template-compiler';
import { listFiles, listTemplates, readText, withoutExtension } from './mini-program';

interface Finding {
  message: string;
  startLine: number;
  startColumn: number;
}

/** Problems that WeChat's template compiler finds; to it an unclosed tag or a misspelt `wx:els` is only a warning. */
export function lintTemplates(): string[] {
  const group = new TmplGroup();
  for (const path of listFiles('.wxs')) group.addScript(withoutExtension(path), readText(path));
  const problems = listTemplates().flatMap(id =>
    ((group.addTmpl(id, readText(`${id}.wxml`)) ?? []) as Finding[]).map(
      found => `${id}.wxml:${found.startLine + 1}:${found.startColumn + 1} ${found.message}`,
    ),
  );
  group.free();
  return problems;
}
