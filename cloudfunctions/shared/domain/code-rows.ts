import type { RowProblem } from '../../../miniprogram/contract/imports';
import type { ColumnDefinition, SheetRow } from './column';
import { parseVoucherCode } from './voucher-code';

const CODE_COLUMN: ColumnDefinition<'code'> = {
  key: 'code',
  headers: [
    '券码',
    '职业培训券',
    '券号',
    '职业培训券码',
    '培训券码',
    '职业培训券号',
    '培训券号',
    '唯一码',
    '券编码',
    '券编号',
    '职业培训券编码',
    '职业培训券唯一码',
  ],
  required: true,
  passesCheck: text => parseVoucherCode(text) !== undefined,
};

/** The one column of a file of codes for settlement (notice 三(六)). */
export const CODE_COLUMNS: readonly ColumnDefinition[] = [CODE_COLUMN];

export interface CodeRow {
  row: number;
  /** 券码 in its normal form. */
  code: string;
}

export interface CodeRows {
  codes: CodeRow[];
  problems: RowProblem[];
}

/**
 * Reads the rows of a file of 券码: each is either a code or exactly one problem.
 * Problems: what is wrong with the cell, voucher_code_malformed, duplicate_in_file {firstRow}.
 */
export const parseCodeRows = (rows: readonly SheetRow[]): CodeRows => {
  const codes: CodeRow[] = [];
  const problems: RowProblem[] = [];
  const column = CODE_COLUMN.headers[0];
  const firstRowOf = new Map<string, number>();
  for (const { row, cells, faults } of rows) {
    const code = faults?.code ? undefined : parseVoucherCode(cells.code ?? '');
    const firstRow = code === undefined ? undefined : firstRowOf.get(code);
    if (code === undefined) problems.push({ row, column, code: faults?.code ?? 'voucher_code_malformed' });
    else if (firstRow !== undefined)
      problems.push({ row, column, code: 'duplicate_in_file', data: { firstRow } });
    else {
      firstRowOf.set(code, row);
      codes.push({ row, code });
    }
  }
  return { codes, problems };
};
