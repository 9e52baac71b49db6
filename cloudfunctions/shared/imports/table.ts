import { fail, type Result } from '../../../miniprogram/contract/result';
import type { ColumnDefinition } from '../domain/column';
import { readCsv } from './csv';
import { detectFileKind } from './file-kind';
import { FileRefusal } from './file-refusal';
import { createTableBuilder, type Table } from './table-builder';
import { readXlsx } from './xlsx';

export type { Table } from './table-builder';

export interface TableOptions {
  columns: readonly ColumnDefinition[];
  /** Most rows below the header. */
  rowsMax: number;
  /** Largest file. */
  bytesMax: number;
}

/**
 * Reads an uploaded table: XLSX, or CSV in UTF-8, GB18030 or UTF-16 with comma, semicolon or tab; the content decides,
 * never the name. Columns may stand in any order, others are ignored, a title may stand above the header.
 * @returns ok(table) with trimmed texts by column key ('' for an empty cell) and the rows' numbers in the sheet
 * @returns fail, in this order: file_empty · file_too_large {bytesMax} · file_type_unsupported {kind} · file_corrupt or
 * file_expands_too_much, whichever is met first · file_column_missing {columns} · file_column_repeated {columns} ·
 * file_rows_too_many {rowsMax} · file_has_no_rows (before the columns if the whole file is blank)
 */
export const readTable = async (
  bytes: Uint8Array,
  { columns, rowsMax, bytesMax }: TableOptions,
): Promise<Result<Table>> => {
  if (bytes.length === 0) return fail('file_empty');
  if (bytes.length > bytesMax) return fail('file_too_large', { bytesMax });
  const kind = detectFileKind(bytes);
  if (kind !== 'zip' && kind !== 'text') return fail('file_type_unsupported', { kind });
  const builder = createTableBuilder(columns, rowsMax);
  try {
    if (kind === 'zip') readXlsx(bytes, builder.addRow);
    else readCsv(bytes, builder.addRow);
  } catch (error) {
    if (error instanceof FileRefusal) return { ok: false, error: error.refusal };
    throw error;
  }
  return builder.finish();
};
