import { endsRounded, type ColumnDefinition } from '../domain/column';
import type { DraftRow } from './merged-cells';

/** So many numbers of a column that end in zeros are no chance, if they are half of it. */
const ROUNDED_MIN = 2;

/**
 * Looks for numbers whose last digits a spreadsheet has replaced by zeros. A tenth of them pass the check by chance and
 * would be somebody else's. Where one does not, all that look so get the fault number_rounded.
 * @returns names of the columns that are rounded in bulk
 */
export const findRounded = (rows: readonly DraftRow[], columns: readonly ColumnDefinition[]): string[] =>
  columns.flatMap(({ key, headers: [name], passesCheck }) => {
    if (!passesCheck) return [];
    const textOf = ({ cells }: DraftRow): string => cells[key] ?? '';
    const filled = rows.filter(row => textOf(row) !== '');
    const rounded = filled.filter(row => endsRounded(textOf(row)));
    if (rounded.length >= ROUNDED_MIN && rounded.length * 2 >= filled.length) return [name];
    if (!rounded.every(row => passesCheck(textOf(row))))
      for (const row of rounded) row.faults[key] = 'number_rounded';
    return [];
  });
