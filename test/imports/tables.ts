import type { TableSource } from '../../miniprogram/contract/imports';
import type { Result } from '../../miniprogram/contract/result';
import type { ColumnDefinition } from '../../cloudfunctions/shared/domain/column';
import type { Table, TableOptions } from '../../cloudfunctions/shared/imports/table';

const MIB = 1024 * 1024;

const options = (...columns: ColumnDefinition[]): TableOptions => ({
  columns,
  rowsMax: 10_000,
  bytesMax: 10 * MIB,
});

/** Tables with a name and, as they please, a note. */
export const NAMES = options(
  { key: 'name', headers: ['姓名', '学员姓名'], required: true },
  { key: 'note', headers: ['备注', '说明', '附注'], required: false },
);

export const CODES = options({ key: 'code', headers: ['券码'], required: true });

/** The answer for a table with these rows. */
export const aNameTable = (
  ...rows: (readonly [row: number, name: string, note?: string])[]
): Result<Table> => ({
  ok: true,
  data: {
    rows: rows.map(([row, name, note = '']) => ({ row, cells: { name, note } })),
    source: expect.anything() as TableSource,
  },
});

export const cellsOf = (table: Result<Table>): (readonly (string | undefined)[])[] =>
  table.ok ? table.data.rows.map(({ cells }) => [cells.name, cells.note]) : [];
