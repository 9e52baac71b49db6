import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { ColumnDefinition, SheetRow } from '../domain/column';
import { HEADER_ROWS_MAX, matchHeader, type HeaderMatch } from './header';
import type { RowSink } from './row-sink';

/** Rows below the header that have any content in the wanted columns. */
export interface Table {
  rows: SheetRow[];
}

interface TableBuilder {
  addRow: RowSink;
  /** The table, or file_column_missing {columns}, file_column_repeated {columns}, file_rows_too_many {rowsMax}, file_has_no_rows. */
  finish(): Result<Table>;
}

/**
 * Turns the rows of a sheet into a table, in one pass and without keeping more than the wanted cells.
 * A row in which all wanted columns are empty (a prepared serial number, a ruled blank line) is no row.
 */
export const createTableBuilder = (columns: readonly ColumnDefinition[], rowsMax: number): TableBuilder => {
  const rows: SheetRow[] = [];
  let header: HeaderMatch | undefined;
  let headerRowsSeen = 0;
  let nearest: HeaderMatch | undefined;

  const addHeaderRow = (cells: readonly string[]): boolean => {
    const match = matchHeader(cells, columns);
    headerRowsSeen += 1;
    nearest = nearest && nearest.places.size >= match.places.size ? nearest : match;
    if (match.missing.length === 0) header = match;
    return header ? header.repeated.length === 0 : headerRowsSeen < HEADER_ROWS_MAX;
  };

  const addRow: RowSink = (row, cells) => {
    if (cells.every(isBlank)) return true;
    if (!header) return addHeaderRow(cells);
    const wanted = pickCells(cells, columns, header);
    if (wanted) rows.push({ row, cells: wanted });
    return rows.length <= rowsMax;
  };

  const finish = (): Result<Table> => {
    if (!nearest) return fail('file_has_no_rows');
    if (!header) return fail('file_column_missing', { columns: nearest.missing });
    if (header.repeated.length > 0) return fail('file_column_repeated', { columns: header.repeated });
    if (rows.length > rowsMax) return fail('file_rows_too_many', { rowsMax });
    return rows.length > 0 ? ok({ rows }) : fail('file_has_no_rows');
  };
  return { addRow, finish };
};

const pickCells = (
  cells: readonly string[],
  columns: readonly ColumnDefinition[],
  header: HeaderMatch,
): SheetRow['cells'] | undefined => {
  const wanted: Record<string, string> = {};
  let hasContent = false;
  for (const { key } of columns) {
    const place = header.places.get(key);
    const text = place === undefined ? '' : unforceText(cells[place] ?? '');
    wanted[key] = text;
    hasContent ||= text !== '';
  }
  return hasContent ? wanted : undefined;
};

/** Undoes the tricks that keep Excel from turning long digits into numbers: ="3701…", a leading apostrophe or tab. */
const unforceText = (cell: string): string => {
  const text = cell.trim();
  const formula = /^="(.*)"$/s.exec(text)?.[1];
  return (formula ?? text.replace(/^'/, '')).trim();
};

const isBlank = (cell: string): boolean => cell.trim() === '';
