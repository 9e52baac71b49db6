import { stringify } from 'csv-stringify/sync';

/** One line of the file that tells an office what to mend. */
export interface ProblemLine {
  /** Row of the sheet. */
  row: number;
  /** Header of the column at fault; absent when the row as a whole is. */
  column?: string;
  /** A sentence in Chinese. */
  reason: string;
}

/**
 * All problems of a file as CSV with the header 行号,列,原因: UTF-8 with a byte-order mark, without which Excel takes it
 * for GBK. Cells that a spreadsheet would run as a formula get a leading apostrophe.
 */
export const writeProblemsCsv = (problems: readonly ProblemLine[]): Uint8Array => {
  const lines = problems.map(({ row, column = '', reason }) => [row, column, reason]);
  const csv = stringify([['行号', '列', '原因'], ...lines], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  return new TextEncoder().encode(csv);
};
