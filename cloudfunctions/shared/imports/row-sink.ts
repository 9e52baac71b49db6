import type { CellFault } from '../domain/column';

/** Columns that are looked at; a table for people is far narrower, and a cell far to the right must not cost anything. */
export const COLUMNS_MAX = 256;

/** One row of a sheet as it is read. Columns are counted from 0. */
export interface RawRow {
  /** Number in the sheet; the first is 1. */
  row: number;
  /** Texts of the cells by column. */
  cells: readonly string[];
  /** Cells that do not hold what their author meant, by column. */
  faults: ReadonlyMap<number, CellFault>;
  /** By a filter, or by hand. */
  isHidden: boolean;
  /** Columns that nobody sees; the same for all rows. */
  hiddenColumns: ReadonlySet<number>;
}

/** Cells that are merged into one, which has the content of the first. Rows are counted from 1, columns from 0. */
export interface MergedArea {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** Takes a sheet as it is read: its rows one after another, then what is merged. */
export interface SheetSink {
  /** Answers whether it wants more. */
  addRow(row: RawRow): boolean;
  addMerged(area: MergedArea): void;
}

/** Thrown through a parser, which can be stopped in no other way, once the sink has had enough. */
class SinkIsFull extends Error {}

/** Runs a parser whose callbacks end it by stopReading; whatever else they throw goes on. */
export const readUntilFull = (read: () => void): void => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof SinkIsFull)) throw error;
  }
};

export const stopReading = (): never => {
  throw new SinkIsFull();
};

export const isBlank = (cell: string): boolean => cell.trim() === '';
