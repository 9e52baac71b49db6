import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { RowProblem } from '../../../miniprogram/contract/imports';

/** A column that an uploaded table has or may have. */
export interface ColumnDefinition<Key extends string = string> {
  key: Key;
  /** Headers that are accepted for it; the first is the one that messages and templates use. */
  headers: readonly [string, ...string[]];
  /** Without a required column the file is refused as a whole. */
  required: boolean;
  /** Of numbers with more digits than a spreadsheet keeps (ID numbers, 券码): whether one passes its check. */
  passesCheck?: (text: string) => boolean;
}

/**
 * Why what stands in a cell is not what its author meant: a formula without a result, a formula that failed, a long
 * number that a spreadsheet has turned into a number.
 */
export type CellFault = Extract<ErrorCode, 'cell_not_calculated' | 'cell_formula_failed' | 'number_rounded'>;

/** One row of an uploaded table: texts by column key, '' for an empty cell. */
export interface SheetRow {
  /** Row number as the sheet shows it; the first row of the sheet is 1. */
  row: number;
  cells: Readonly<Record<string, string>>;
  /** By column key. The text of such a cell is no value of any column, so who forgets to look here takes nothing in. */
  faults?: Readonly<Record<string, CellFault>>;
}

/** Why what stands in a cell, or was typed into a field, cannot be taken. */
export type CellRefusal = Pick<RowProblem, 'code' | 'data'>;

/** What a cell says; also the answer of an operation where somebody has typed it. */
export type CellReading<T> = { ok: true; data: T } | { ok: false; error: CellRefusal };

/** Longest text of any cell that a row may hold; nothing that we read is longer. */
export const CELL_CHARS_MAX = 200;

/** Spreadsheets keep fifteen digits of a number and put zeros for the rest. */
const ROUNDED = /^\d{15}0{3,}(\.0+)?$/;
const SCIENTIFIC = /^\d(\.\d+)?e\+?\d{2}$/i;
/** A number with all that people put between its digits is shorter. */
const NUMBER_CHARS_MAX = 60;

const toDigits = (text: string): string =>
  text.length > NUMBER_CHARS_MAX ? '' : text.normalize('NFKC').replace(/[\s-]/g, '');

/** Whether a long number ends in the zeros that a spreadsheet puts; one of a thousand ID numbers does so by nature. */
export const endsRounded = (text: string): boolean => ROUNDED.test(toDigits(text));

/** Whether a long number stands there as 3.79900E+17. */
export const isScientific = (text: string): boolean => SCIENTIFIC.test(toDigits(text));
