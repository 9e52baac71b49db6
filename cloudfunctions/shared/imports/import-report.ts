import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import {
  ROW_PROBLEMS_SHOWN_MAX,
  type ImportReport,
  type RowProblem,
  type TableSource,
} from '../../../miniprogram/contract/imports';
import { refusalText } from '../../../miniprogram/text/refusal-text';
import { keepResult } from '../store/files';
import { writeProblemsFile } from './problems-file';

/**
 * What became of the rows of a file: counts, the first problems, a workbook with all of them. One row has one problem.
 * @param fileName of the workbook, which nobody may be able to guess.
 */
export async function toImportReport(
  {
    rows,
    added,
    problems,
    source,
  }: { rows: number; added: number; problems: readonly RowProblem[]; source: TableSource },
  fileName: string,
): Promise<ImportReport> {
  const sorted = [...problems].sort((a, b) => a.row - b.row);
  const problemsFileUrl = sorted.length > 0 ? await keepProblems(sorted, fileName) : undefined;
  return {
    rows,
    good: rows - sorted.length,
    bad: sorted.length,
    added,
    badByCode: countByCode(sorted),
    problems: sorted.slice(0, ROW_PROBLEMS_SHOWN_MAX),
    source,
    ...(problemsFileUrl !== undefined && { problemsFileUrl }),
  };
}

function countByCode(problems: readonly RowProblem[]): Partial<Record<ErrorCode, number>> {
  const counts: Partial<Record<ErrorCode, number>> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

async function keepProblems(problems: readonly RowProblem[], fileName: string): Promise<string | undefined> {
  const lines = problems.map(({ row, column, code, data }) => ({
    row,
    ...(column !== undefined && { column }),
    reason: refusalText(data === undefined ? { code } : { code, data }),
  }));
  return keepResult(`results/${fileName}.xlsx`, await writeProblemsFile(lines));
}
