import type { CellFault, ColumnDefinition } from '../domain/column';
import { refuseCorrupt } from './file-refusal';
import type { FoundHeader } from './header-finder';
import type { MergedArea } from './row-sink';

/** A row while its sheet is being read. */
export interface DraftRow {
  row: number;
  isHidden: boolean;
  cells: Record<string, string>;
  faults: Record<string, CellFault>;
}

/** The rows of a table, ascending, with the places (from 0) of its columns by key. */
interface Draft {
  rows: readonly DraftRow[];
  columns: readonly ColumnDefinition[];
  places: ReadonlyMap<string, number>;
}

/**
 * Puts the content of merged cells into each of them, as who looks at the sheet understands it. Cells that hold
 * something of their own keep it. Throws a FileRefusal file_corrupt if areas overlap so much that no sheet has them.
 */
export const fillMerged = (draft: Draft, areas: readonly MergedArea[]): void => {
  let filled = 0;
  const filledMax = draft.rows.length * draft.columns.length;
  for (const area of areas) {
    const source = findSource(draft, area);
    if (!source) continue;
    for (const target of cellsIn(draft, area)) {
      filled += 1;
      if (filled > filledMax) refuseCorrupt();
      copyCell(source, target);
    }
  }
};

/**
 * Tells the rows that the header reaches down to: where the cell of a required column is merged with its header, as 姓名
 * over two rows beside 劳动合同 above 是否签订, and no number of anybody stands in it.
 */
export const headerRows = (
  { row: headerRow, places }: FoundHeader,
  columns: readonly ColumnDefinition[],
  areas: readonly MergedArea[],
): ((draft: DraftRow) => boolean) => {
  const required = new Set(columns.flatMap(({ key, required }) => (required ? [places.get(key)] : [])));
  const numbers = columns.filter(({ passesCheck }) => passesCheck).map(({ key }) => key);
  const lastRow = areas
    .filter(area => area.firstRow <= headerRow && required.has(area.firstColumn))
    .reduce((last, area) => Math.max(last, area.lastRow), headerRow);
  return ({ row, cells }) => row <= lastRow && numbers.every(key => cells[key] === '');
};

interface DraftCell {
  row: DraftRow;
  key: string;
}

/** The first cell of the area, if it is one of the table. */
const findSource = (
  { rows, places }: Draft,
  { firstRow, firstColumn }: MergedArea,
): DraftCell | undefined => {
  const row = rows[indexFrom(rows, firstRow)];
  const [key] = [...places].find(([, place]) => place === firstColumn) ?? [];
  return row?.row === firstRow && key !== undefined ? { row, key } : undefined;
};

function* cellsIn({ rows, places }: Draft, area: MergedArea): Generator<DraftCell> {
  const keys = [...places].flatMap(([key, place]) =>
    place >= area.firstColumn && place <= area.lastColumn ? [key] : [],
  );
  for (let index = indexFrom(rows, area.firstRow); index < rows.length; index += 1) {
    const row = rows[index];
    if (!row || row.row > area.lastRow) return;
    for (const key of keys) yield { row, key };
  }
}

const copyCell = (source: DraftCell, { row, key }: DraftCell): void => {
  if (row.cells[key] !== '') return;
  row.cells[key] = source.row.cells[source.key] ?? '';
  const fault = source.row.faults[source.key];
  if (fault) row.faults[key] = fault;
};

/** The index of the first row that is not above a row of the sheet. */
const indexFrom = (rows: readonly DraftRow[], row: number): number => {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
};
