import writeXlsxFile from 'write-excel-file/node';
import type { ColumnDefinition } from '../domain/column';

/** Rows that are ready to be filled in; further ones can be added. */
const ROWS = 200;
const WIDTH_EXTRA = 6;
/** Excel's format for text: as a number, an ID number would lose its last digits. */
const TEXT = { type: String, format: '@' } as const;

const NOTES_WIDTH = 100;

/** An XLSX workbook with the headers of a table and empty text cells below; notes stand on a second sheet. */
export async function writeBlankTable(
  columns: readonly ColumnDefinition[],
  notes: readonly string[] = [],
): Promise<Uint8Array> {
  const headers = columns.map(({ headers: [value] }) => ({ value, fontWeight: 'bold' as const }));
  const blank = columns.map(() => TEXT);
  const data = [headers, ...Array.from({ length: ROWS }, () => blank)];
  const form = {
    columns: headers.map(({ value }) => ({ width: value.length * 2 + WIDTH_EXTRA })),
    stickyRowsCount: 1,
  };
  if (notes.length === 0) return writeXlsxFile(data, form).toBuffer();
  const lines = notes.map((note, at) => [{ value: `${at + 1}. ${note}`, type: String, wrap: true }]);
  return writeXlsxFile([
    { data, sheet: '填写', ...form },
    { data: lines, sheet: '填写说明', columns: [{ width: NOTES_WIDTH }] },
  ]).toBuffer();
}
