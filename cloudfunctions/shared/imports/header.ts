import type { ColumnDefinition } from '../domain/column';

/** Rows with content in which the header is looked for: titles and notes above the table are common in offices. */
export const HEADER_ROWS_MAX = 5;

/** How the cells of one row answer to the columns that are wanted. */
export interface HeaderMatch {
  /** Place of each column that was found, by key. */
  places: Map<string, number>;
  /** Names of required columns that were not found. */
  missing: string[];
  /** Names of columns that were found more than once. */
  repeated: string[];
}

/** Compares one row with the wanted columns; see normaliseHeader for what counts as equal. */
export const matchHeader = (cells: readonly string[], columns: readonly ColumnDefinition[]): HeaderMatch => {
  const match: HeaderMatch = { places: new Map(), missing: [], repeated: [] };
  const found = cells.map(normaliseHeader);
  for (const { key, headers, required } of columns) {
    const accepted = new Set(headers.map(normaliseHeader));
    const places = found.flatMap((header, place) => (accepted.has(header) ? [place] : []));
    if (places[0] !== undefined) match.places.set(key, places[0]);
    else if (required) match.missing.push(headers[0]);
    if (places.length > 1) match.repeated.push(headers[0]);
  }
  return match;
};

/** '身份证号 *', '姓名（必填）', '＊手机号：' and '姓\n名' are the plain headers with an office's ornaments. */
const normaliseHeader = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/g, '')
    .replace(/[\s*:='"\u200b\ufeff]/g, '')
    .toLowerCase();
