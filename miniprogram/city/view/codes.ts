import { groupCount } from '../../contract/fen';
import { LIMITS } from '../../contract/limits';
import { parseCode } from './identifiers';

/** More would be a wall of text; the first show what is wrong. */
const PROBLEMS_SHOWN_MAX = 20;

export interface CodesView {
  codes: string[];
  /** '共 3 个券码，可以作废' */
  summary: string;
  problems: string[];
  ok: boolean;
}

interface Line {
  number: number;
  text: string;
}

const linesOf = (text: string): Line[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter(line => line.text !== '');

/** Pasted codes, one a line: each must be a code, none twice, no more than fit. */
export function readCodes(text: string): CodesView {
  const lines = linesOf(text);
  const firstLines = new Map<string, number>();
  const problems = lines.flatMap(line => problemOf(line, firstLines) ?? []);
  if (lines.length > LIMITS.voidCodesMax)
    problems.unshift(
      `一次最多 ${LIMITS.voidCodesMax} 个券码，现在有 ${groupCount(lines.length)} 个。请分几次办理。`,
    );
  const ok = lines.length > 0 && problems.length === 0;
  const hiddenCount = problems.length - PROBLEMS_SHOWN_MAX;
  return {
    codes: [...firstLines.keys()],
    summary: toSummary(lines.length, problems.length),
    problems: [
      ...problems.slice(0, PROBLEMS_SHOWN_MAX),
      ...(hiddenCount > 0 ? [`还有 ${hiddenCount} 处没有列出`] : []),
    ],
    ok,
  };
}

function problemOf({ number, text }: Line, firstLines: Map<string, number>): string | undefined {
  const code = parseCode(text);
  if (code === undefined) return `第 ${number} 行：券码格式不对，可能少了或多了字符`;
  const first = firstLines.get(code);
  if (first !== undefined) return `第 ${number} 行：与第 ${first} 行重复`;
  firstLines.set(code, number);
  return undefined;
}

function toSummary(count: number, problemCount: number): string {
  if (count === 0) return '';
  return problemCount > 0
    ? `共 ${groupCount(count)} 行，有 ${problemCount} 处要改`
    : `共 ${groupCount(count)} 个券码，格式都对`;
}
