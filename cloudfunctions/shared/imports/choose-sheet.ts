import { fail, type Result } from '../../../miniprogram/contract/result';
import { FileRefusal } from './file-refusal';
import type { SheetSink } from './row-sink';
import type { Table, TableBuilder } from './table-builder';
import type { Sheet } from './xlsx';

/** Sheets that are named in an answer. */
const NAMED_MAX = 5;

/**
 * The table of the first visible sheet that has its header and rows below it: instructions and summaries often stand in
 * front. Its name is told, and those of other sheets that could have been meant.
 * Throws a FileRefusal: file_corrupt, file_expands_too_much.
 */
export const chooseSheet = (sheets: readonly Sheet[], createBuilder: () => TableBuilder): Result<Table> => {
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  let nearest: TableBuilder | undefined;
  for (const sheet of visible) {
    const builder = createBuilder();
    sheet.read(builder);
    const table = builder.hasHeader() ? builder.finish() : undefined;
    if (table && !isWithoutRows(table)) {
      const others = sheets.filter(other => other !== sheet && hasHeader(other, createBuilder()));
      return nameSheets(table, sheet, others);
    }
    if (!nearest || rankOf(builder) > rankOf(nearest)) nearest = builder;
  }
  const hidden = sheets.find(sheet => sheet.isHidden && hasHeader(sheet, createBuilder()));
  if (hidden && !nearest?.hasHeader()) return fail('file_sheet_hidden', { sheet: hidden.name });
  return nearest ? nearest.finish() : fail('file_has_no_rows');
};

const rankOf = (builder: TableBuilder): number => (builder.hasHeader() ? Infinity : builder.nearness());

const isWithoutRows = (table: Result<Table>): boolean => !table.ok && table.error.code === 'file_has_no_rows';

const nameSheets = (table: Result<Table>, { name }: Sheet, others: readonly Sheet[]): Result<Table> => {
  if (!table.ok) return table;
  const { rows, source } = table.data;
  const otherSheets = others.slice(0, NAMED_MAX).map(other => other.name);
  return { ok: true, data: { rows, source: { ...source, sheet: name, otherSheets } } };
};

/** Reads no further than the header. A sheet that cannot be read is none that was meant. */
const hasHeader = (sheet: Sheet, builder: TableBuilder): boolean => {
  const upToHeader: SheetSink = {
    addRow: row => builder.addRow(row) && !builder.hasHeader(),
    addMerged: () => undefined,
  };
  try {
    sheet.read(upToHeader);
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
  }
  return builder.hasHeader();
};
