import type { TableSource } from '../../../miniprogram/contract/imports';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { ColumnDefinition, SheetRow } from '../domain/column';
import { findTextFault } from './cell-fault';
import type { HeaderMatch } from './header';
import { createHeaderFinder } from './header-finder';
import { fillMerged, headerRows, type DraftRow } from './merged-cells';
import { findRounded } from './rounded-numbers';
import { isBlank, type MergedArea, type RawRow, type SheetSink } from './row-sink';

/** Rows below the header that have any content in the wanted columns, and where they come from. */
export interface Table {
  rows: SheetRow[];
  source: TableSource;
}

export interface TableBuilder extends SheetSink {
  /** Whether all required columns have been seen. */
  hasHeader(): boolean;
  /** How near to a header the best row came; -1 if there was no row with content. */
  nearness(): number;
  /**
   * The table, or file_column_missing {columns, similar, hidden}, file_column_repeated {columns, candidates},
   * file_rows_too_many {rowsMax}, file_has_no_rows {hiddenRows}, file_numbers_rounded {columns}.
   */
  finish(): Result<Table>;
}

/** Areas of merged cells that are kept: more than any sheet of people has. */
const MERGED_MAX = 100_000;

/**
 * Turns the rows of a sheet into a table, in one pass and without keeping more than the wanted cells.
 * A row in which all wanted columns are empty (a prepared serial number, a ruled blank line) is no row. What is hidden
 * is left out and counted.
 */
export const createTableBuilder = (columns: readonly ColumnDefinition[], rowsMax: number): TableBuilder => {
  const header = createHeaderFinder(columns);
  const drafts: DraftRow[] = [];
  const merged: MergedArea[] = [];
  let visibleRows = 0;
  let hiddenRows = 0;

  const addDraft = (draft: DraftRow): void => {
    if (draft.isHidden) hiddenRows += 1;
    else visibleRows += 1;
    // Hidden ones are kept as well, since a merged cell may begin in one.
    if (!draft.isHidden || hiddenRows <= rowsMax) drafts.push(draft);
  };

  const addRow = (raw: RawRow): boolean => {
    if (raw.cells.every(isBlank)) return true;
    const match = header.found();
    if ((!match || visibleRows + hiddenRows === 0) && header.take(raw)) return header.isWanting();
    const draft = match && pickCells(raw, columns, match);
    if (draft) addDraft(draft);
    return visibleRows <= rowsMax;
  };

  const finish = (): Result<Table> => {
    const match = header.finish();
    if (!match.ok) return match;
    if (visibleRows > rowsMax) return fail('file_rows_too_many', { rowsMax });
    const isInHeader = headerRows(match.data, columns, merged);
    const rows = drafts.filter(draft => !isInHeader(draft));
    fillMerged({ rows, columns, places: match.data.places }, merged);
    const visible = rows.filter(({ isHidden }) => !isHidden);
    if (visible.length === 0) return fail('file_has_no_rows', hiddenRows > 0 ? { hiddenRows } : undefined);
    const rounded = findRounded(visible, columns);
    if (rounded.length > 0) return fail('file_numbers_rounded', { columns: rounded });
    const source = { hiddenRows, hiddenColumns: match.data.hidden, otherSheets: [] };
    return ok({ rows: visible.map(toSheetRow), source });
  };

  return {
    addRow,
    addMerged: area => {
      if (merged.length < MERGED_MAX) merged.push(area);
    },
    hasHeader: () => header.found() !== undefined,
    nearness: header.nearness,
    finish,
  };
};

const pickCells = (
  { row, cells, faults, isHidden }: RawRow,
  columns: readonly ColumnDefinition[],
  { places }: HeaderMatch,
): DraftRow | undefined => {
  const draft: DraftRow = { row, isHidden, cells: {}, faults: {} };
  let hasContent = false;
  for (const { key, passesCheck } of columns) {
    const place = places.get(key) ?? -1;
    const text = unforceText(cells[place] ?? '');
    const fault = faults.get(place) ?? findTextFault(text, passesCheck !== undefined);
    draft.cells[key] = text;
    if (fault) draft.faults[key] = fault;
    hasContent ||= text !== '';
  }
  return hasContent ? draft : undefined;
};

const toSheetRow = ({ row, cells, faults }: DraftRow): SheetRow =>
  Object.keys(faults).length > 0 ? { row, cells, faults } : { row, cells };

/**
 * Undoes the tricks that keep Excel from turning long digits into numbers (="3701…", a leading apostrophe or tab), and
 * Chinese quotation marks around a whole cell.
 */
const unforceText = (cell: string): string => {
  const text = cell.trim();
  const formula = /^="(.*)"$/s.exec(text)?.[1];
  return (formula ?? text.replace(/^('|[＇‘’](?=\d))/, '').replace(/^“(.*)”$/s, '$1')).trim();
};
