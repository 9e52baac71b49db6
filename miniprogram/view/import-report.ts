import { ROW_PROBLEMS_SHOWN_MAX, type ImportReport } from '../contract/imports';
import type { JobRefusal } from '../contract/jobs';
import { jobRefusalText, rowNoteText, rowProblemText } from '../text/row-problem-text';
import { countLines, type CountLine } from './job';

export interface RowProblemsView {
  summary: string;
  reasons: CountLine[];
  lines: string[];
  /** Said when there are more than fit here. */
  moreText: string;
  /** What rows were taken in without. */
  noteLines: string[];
  noteMoreText: string;
  /** What would be taken in, row by row; empty once it is. */
  goodLines: string[];
  goodMoreText: string;
  fileUrl: string;
}

/** Result of checking or importing a file. */
export function toRowProblems(report: ImportReport): RowProblemsView {
  const hidden = report.bad - report.problems.length;
  const { goodRows = [], notes = [], noted = 0 } = report;
  const notesHidden = noted - notes.length;
  const goodHidden = goodRows.length > 0 ? report.good - goodRows.length : 0;
  return {
    summary: `共${report.rows}行，可用${report.good}行，有问题${report.bad}行${noted > 0 ? `，有提示${noted}行` : ''}`,
    reasons: countLines(report.badByCode),
    lines: report.problems.slice(0, ROW_PROBLEMS_SHOWN_MAX).map(rowProblemText),
    moreText: hidden > 0 ? `还有${hidden}行没有列出，请下载问题清单查看` : '',
    noteLines: notes.slice(0, ROW_PROBLEMS_SHOWN_MAX).map(rowNoteText),
    noteMoreText: notesHidden > 0 ? `还有${notesHidden}行提示没有列出，请下载清单查看` : '',
    goodLines: goodRows.map(({ row, text }) => `第 ${row} 行：${text}`),
    goodMoreText: goodHidden > 0 ? `还有${goodHidden}行可以导入，没有列出` : '',
    fileUrl: report.problemsFileUrl ?? '',
  };
}

export const jobRefusalLines = (refusals: readonly JobRefusal[]): string[] => refusals.map(jobRefusalText);
