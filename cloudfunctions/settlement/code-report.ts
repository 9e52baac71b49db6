import { ROW_PROBLEMS_SHOWN_MAX, type ImportReport } from '../../miniprogram/contract/imports';
import type { JobRefusal } from '../../miniprogram/contract/jobs';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { writeProblemsFile } from '../shared/imports/problems-file';
import { randomText } from '../shared/runtime/random';
import { keepResult } from '../shared/store/files';

/** What an office needs to mend a file of 券码: counts, the first problems, a file with all of them. */
export async function toReport(rows: number, refusals: readonly JobRefusal[]): Promise<ImportReport> {
  const badByCode: ImportReport['badByCode'] = {};
  for (const { code } of refusals) badByCode[code] = (badByCode[code] ?? 0) + 1;
  const good = rows - refusals.length;
  const problemsFileUrl = refusals.length > 0 ? await keepProblems(refusals) : undefined;
  return {
    rows,
    good,
    bad: refusals.length,
    added: good,
    badByCode,
    problems: refusals.slice(0, ROW_PROBLEMS_SHOWN_MAX),
    ...(problemsFileUrl !== undefined && { problemsFileUrl }),
  };
}

/** Under a name that nobody can guess. */
async function keepProblems(refusals: readonly JobRefusal[]): Promise<string | undefined> {
  const lines = refusals.map(({ row, column, code, data }) => ({
    row,
    ...(column !== undefined && { column }),
    reason: refusalText({ code, ...(data && { data }) }),
  }));
  return keepResult(`results/codes-${randomText(24)}.xlsx`, await writeProblemsFile(lines));
}
