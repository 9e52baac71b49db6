import writeXlsxFile from 'write-excel-file/node';

/** One line of the file that tells an office what to mend. */
export interface ProblemLine {
  /** Row of the sheet. */
  row: number;
  /** Header of the column at fault; absent when the row as a whole is. */
  column?: string;
  /** A sentence in Chinese. */
  reason: string;
}

const HEADER = ['行号', '列', '原因'].map(value => ({ value, fontWeight: 'bold' as const }));
const COLUMNS = [{ width: 8 }, { width: 22 }, { width: 60 }];

/**
 * All problems of a file as an XLSX workbook with the header 行号, 列, 原因. Not CSV: phones cannot show it
 * (`wx.openDocument` takes office formats and PDF). Texts are text cells, which no spreadsheet runs as a formula.
 */
export async function writeProblemsFile(problems: readonly ProblemLine[]): Promise<Uint8Array> {
  const lines = problems.map(({ row, column = '', reason }) => [
    { value: row, type: Number },
    { value: column, type: String },
    { value: reason, type: String, wrap: true },
  ]);
  return writeXlsxFile([HEADER, ...lines], { columns: COLUMNS, stickyRowsCount: 1 }).toBuffer();
}
