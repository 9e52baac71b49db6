import type { RowProblem } from '../../../miniprogram/contract/imports';

/** A column that an uploaded table has or may have. */
export interface ColumnDefinition<Key extends string = string> {
  key: Key;
  /** Headers that are accepted for it; the first is the one that messages and templates use. */
  headers: readonly [string, ...string[]];
  /** Without a required column the file is refused as a whole. */
  required: boolean;
}

/** One row of an uploaded table: texts by column key, '' for an empty cell. */
export interface SheetRow {
  /** Row number as the sheet shows it; the first row of the sheet is 1. */
  row: number;
  cells: Readonly<Record<string, string>>;
}

/** Why what stands in a cell, or was typed into a field, cannot be taken. */
export type CellRefusal = Pick<RowProblem, 'code' | 'data'>;

/** What a cell says; also the answer of an operation where somebody has typed it. */
export type CellReading<T> = { ok: true; data: T } | { ok: false; error: CellRefusal };

/** Longest text of any cell that a row may hold; nothing that we read is longer. */
export const CELL_CHARS_MAX = 200;
