import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { ColumnDefinition } from '../domain/column';
import { HEADER_ROWS_MAX, matchHeader, type HeaderMatch } from './header';
import { isBlank, type RawRow } from './row-sink';

export interface FoundHeader extends HeaderMatch {
  /** Number of its last row. */
  row: number;
  /** Names of columns whose header stands in a column that nobody sees. */
  hidden: string[];
}

interface HeaderFinder {
  /** Whether a row with content belongs to the header or stands above it. No row of the table came before it. */
  take(raw: RawRow): boolean;
  /** Whether more rows are of use. */
  isWanting(): boolean;
  /** The header with all required columns. */
  found(): FoundHeader | undefined;
  /** How near to it the best row came; -1 if there was none. */
  nearness(): number;
  /** What is found, or file_column_missing {columns, similar, hidden}, file_column_repeated {columns, candidates}, file_has_no_rows. */
  finish(): Result<FoundHeader>;
}

/**
 * Looks for the header in the first visible rows with content. It may take several: then the lowest name of each column
 * counts, as in a table with 参保情况 above two columns.
 */
export const createHeaderFinder = (columns: readonly ColumnDefinition[]): HeaderFinder => {
  /** The lowest text so far in each column. */
  let stacked: string[] = [];
  let found: FoundHeader | undefined;
  let nearest: FoundHeader | undefined;
  let rowsSeen = 0;

  const match = (cells: readonly string[], { row, hiddenColumns }: RawRow): FoundHeader => ({
    row,
    ...matchHeader(cells, columns, place => !hiddenColumns.has(place)),
    hidden:
      hiddenColumns.size === 0
        ? []
        : namesOf(
            columns,
            matchHeader(cells, columns, place => hiddenColumns.has(place)),
          ),
  });

  const lookAt = (raw: RawRow): void => {
    rowsSeen += 1;
    stacked = stack(stacked, raw.cells);
    const candidates = [match(raw.cells, raw), match(stacked, raw)];
    found = candidates.find(({ missing }) => missing.length === 0);
    for (const candidate of candidates)
      if (!nearest || nearnessOf(candidate) > nearnessOf(nearest)) nearest = candidate;
  };

  const goOn = (raw: RawRow, above: FoundHeader): boolean => {
    const own = match(raw.cells, raw);
    if (own.places.size === 0 || holdsValues(raw, own, requiredPlaces(columns, above))) return false;
    stacked = stack(stacked, raw.cells);
    const both = match(stacked, raw);
    if (both.missing.length > 0) return false;
    found = both;
    return true;
  };

  return {
    take: raw => {
      if (found) return !raw.isHidden && goOn(raw, found);
      if (!raw.isHidden) lookAt(raw);
      return true;
    },
    isWanting: () => (found ? found.repeated.length === 0 : rowsSeen < HEADER_ROWS_MAX),
    found: () => found,
    nearness: () => (nearest ? nearnessOf(nearest) : -1),
    finish: () => {
      if (!nearest) return fail('file_has_no_rows');
      const { columns: names, ...missing } = describeMissing(nearest);
      if (!found) return fail('file_column_missing', { columns: names, ...missing });
      const { repeated, candidates } = found;
      return repeated.length > 0
        ? fail('file_column_repeated', { columns: repeated, candidates })
        : ok(found);
    },
  };
};

/** By columns found, then by headers that resemble one. */
const nearnessOf = ({ places, similar }: HeaderMatch): number => places.size * 100 + similar.length;

const describeMissing = ({ missing, similar, hidden }: FoundHeader) => {
  const hiddenOnes = missing.filter(name => hidden.includes(name));
  return {
    columns: missing,
    ...(similar.length > 0 && { similar }),
    ...(hiddenOnes.length > 0 && { hidden: hiddenOnes }),
  };
};

const requiredPlaces = (columns: readonly ColumnDefinition[], { places }: HeaderMatch): number[] =>
  columns.flatMap(({ key, required }) => (required ? (places.get(key) ?? []) : []));

/** Whether a row has, in columns of the table, anything that is no header itself: then it is a row of the table. */
const holdsValues = ({ cells }: RawRow, own: HeaderMatch, places: readonly number[]): boolean => {
  const headers = new Set(own.places.values());
  return places.some(place => !isBlank(cells[place] ?? '') && !headers.has(place));
};

const namesOf = (columns: readonly ColumnDefinition[], { places }: HeaderMatch): string[] =>
  columns.filter(({ key }) => places.has(key)).map(({ headers: [name] }) => name);

const stack = (above: readonly string[], below: readonly string[]): string[] =>
  Array.from({ length: Math.max(above.length, below.length) }, (_, place) => {
    const text = below[place] ?? '';
    return isBlank(text) ? (above[place] ?? '') : text;
  });
