import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import {
  ROW_PROBLEMS_SHOWN_MAX,
  type ImportReport,
  type RowNote,
  type RowProblem,
  type TableSource,
} from '../../../miniprogram/contract/imports';
import { refusalText } from '../../../miniprogram/text/refusal-text';
import { ROW_NOTE_TEXTS } from '../../../miniprogram/text/row-problem-text';
import { keepResult } from '../store/files';
import { writeProblemsFile, type ProblemLine } from './problems-file';

/** What is known of the rows of a file. One row has one problem, and no note beside it. */
interface JudgedRows {
  rows: number;
  added: number;
  problems: readonly RowProblem[];
  notes?: readonly RowNote[];
  source: TableSource;
}

/**
 * What became of the rows of a file: counts, the first problems and notes, a workbook with all of them.
 * @param fileName of the workbook, which nobody may be able to guess.
 */
export async function toImportReport(judged: JudgedRows, fileName: string): Promise<ImportReport> {
  const { rows, added, source } = judged;
  const problems = inOrder(judged.problems);
  const notes = inOrder(notesOfGoodRows(judged));
  const lines = inOrder([...problems.map(toProblemLine), ...notes.map(toNoteLine)]);
  const problemsFileUrl =
    lines.length > 0
      ? await keepResult(`results/${fileName}.xlsx`, await writeProblemsFile(lines))
      : undefined;
  return {
    rows,
    good: rows - problems.length,
    bad: problems.length,
    added,
    badByCode: countByCode(problems),
    problems: problems.slice(0, ROW_PROBLEMS_SHOWN_MAX),
    ...(notes.length > 0 && { noted: notes.length, notes: notes.slice(0, ROW_PROBLEMS_SHOWN_MAX) }),
    source,
    ...(problemsFileUrl !== undefined && { problemsFileUrl }),
  };
}

const inOrder = <T extends { row: number }>(items: readonly T[]): T[] =>
  [...items].sort((one, other) => one.row - other.row);

/** Whoever is turned away goes in with nothing left out. */
function notesOfGoodRows({ problems, notes = [] }: JudgedRows): RowNote[] {
  const bad = new Set(problems.map(({ row }) => row));
  return notes.filter(({ row }) => !bad.has(row));
}

function countByCode(problems: readonly RowProblem[]): Partial<Record<ErrorCode, number>> {
  const counts: Partial<Record<ErrorCode, number>> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const toProblemLine = ({ row, column, code, data }: RowProblem): ProblemLine => ({
  row,
  ...(column !== undefined && { column }),
  reason: refusalText(data === undefined ? { code } : { code, data }),
});

const toNoteLine = ({ row, column, code }: RowNote): ProblemLine => ({
  row,
  ...(column !== undefined && { column }),
  reason: ROW_NOTE_TEXTS[code],
});
