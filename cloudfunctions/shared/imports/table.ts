import { fail, type Result } from '../../../miniprogram/contract/result';
import type { ColumnDefinition } from '../domain/column';
import { chooseSheet } from './choose-sheet';
import { readCsv } from './csv';
import { detectFileKind } from './file-kind';
import { FileRefusal } from './file-refusal';
import { createTableBuilder, type Table } from './table-builder';
import { openXlsx } from './xlsx';

export type { Table } from './table-builder';

export interface TableOptions {
  columns: readonly ColumnDefinition[];
  /** Most rows below the header. */
  rowsMax: number;
  /** Largest file. */
  bytesMax: number;
}

/**
 * Reads an uploaded table: XLSX, or CSV in UTF-8, GB18030 or UTF-16; the content decides, never the name. Every import
 * goes through here. Columns may stand in any order, others are ignored, a title may stand above the header.
 *
 * The reader of workbooks is this project's own. Each of the kept ones that were weighed (SheetJS 0.18.5 of npm, ExcelJS
 * 4.4.0, read-excel-file 9.3.17, hucre 1.0.0) fails some of the files of test/imports/office-files.test.ts that Excel
 * opens, and all of them unfold an upload in memory before anyone can look at it: 1.2 MB of ZIP took 1.3 to 2.5 GB. Here
 * it goes through `sax` and `fflate` in pieces, against bounds.
 * @returns ok(table) with trimmed texts by column key ('' for an empty cell) and the rows' numbers in the sheet
 * @returns fail, in this order: file_empty · file_too_large {bytesMax} · file_type_unsupported {kind} · file_corrupt or
 * file_expands_too_much, whichever is met first · file_sheet_hidden {sheet} · file_column_missing {columns, similar,
 * hidden} · file_column_repeated {columns, candidates} · file_rows_too_many {rowsMax} · file_has_no_rows {hiddenRows}
 * (before the columns if the whole file is blank) · file_numbers_rounded {columns}
 */
export const readTable = async (
  bytes: Uint8Array,
  { columns, rowsMax, bytesMax }: TableOptions,
): Promise<Result<Table>> => {
  if (bytes.length === 0) return fail('file_empty');
  if (bytes.length > bytesMax) return fail('file_too_large', { bytesMax });
  const kind = detectFileKind(bytes);
  if (kind !== 'workbook' && kind !== 'text') return fail('file_type_unsupported', { kind });
  const createBuilder = () => createTableBuilder(columns, rowsMax);
  try {
    if (kind === 'workbook') return chooseSheet(openXlsx(bytes), createBuilder);
    return readCsv(bytes, createBuilder).finish();
  } catch (error) {
    if (error instanceof FileRefusal) return { ok: false, error: error.refusal };
    throw error;
  }
};
