import { ROW_PROBLEMS_SHOWN_MAX, type ImportReport, type TableSource } from '../contract/imports';
import type { JobRefusal } from '../contract/jobs';
import { jobRefusalText, rowNoteText, rowProblemText } from '../text/row-problem-text';
import { countLines, type CountLine } from './job';

export interface RowProblemsView {
  summary: string;
  /** Which sheet was read, and what of the file was left out. */
  sourceLines: string[];
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
    sourceLines: report.source ? sourceLines(report.source) : [],
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

const quoted = (names: readonly string[]): string => names.map(name => `“${name}”`).join('、');

/** What the sender may not know of their own file. */
function sourceLines({ sheet, hiddenRows, hiddenColumns, otherSheets }: TableSource): string[] {
  return [
    ...(sheet ? [`读取的工作表：“${sheet}”`] : []),
    ...(hiddenRows > 0
      ? [`有${hiddenRows}行被隐藏或筛选掉了，没有读取。需要时请取消隐藏和筛选，再重新上传`]
      : []),
    ...(hiddenColumns.length > 0 ? [`隐藏的${quoted(hiddenColumns)}列没有读取`] : []),
    ...(otherSheets.length > 0
      ? [`工作表${quoted(otherSheets)}也有这样的表头，没有读取。需要时请另存为单独的文件，再上传`]
      : []),
  ];
}

export const jobRefusalLines = (refusals: readonly JobRefusal[]): string[] => refusals.map(jobRefusalText);
