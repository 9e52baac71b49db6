import writeXlsxFile from 'write-excel-file/node';
import type { ColumnDefinition } from '../domain/column';

/** Rows that are ready to be filled in; further ones can be added. */
const ROWS = 200;
const WIDTH_EXTRA = 6;
/** Excel's format for text: as a number, an ID number would lose its last digits. */
const TEXT = { type: String, format: '@' } as const;

/** An XLSX workbook with the headers of a table and empty text cells below. */
export async function writeBlankTable(columns: readonly ColumnDefinition[]): Promise<Uint8Array> {
  const headers = columns.map(({ headers: [value] }) => ({ value, fontWeight: 'bold' as const }));
  const blank = columns.map(() => TEXT);
  return writeXlsxFile([headers, ...Array.from({ length: ROWS }, () => blank)], {
    columns: headers.map(({ value }) => ({ width: value.length * 2 + WIDTH_EXTRA })),
    stickyRowsCount: 1,
  }).toBuffer();
}
