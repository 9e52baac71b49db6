import type { JobRefusal } from '../../miniprogram/contract/jobs';
import { toJobRows } from '../shared/jobs/job-inputs';
import type { JobRow } from '../shared/store/jobs';
import { refusedRow, type RefusedRow } from './rows';

/** Codes of a request as rows; a malformed or repeated one is refused by itself. */
export const rowsOfCodes = (voucherCodes: readonly string[]): JobRow[] =>
  toJobRows(voucherCodes.map((code, position) => ({ row: position + 1, cells: { code } })));

interface DoneRow {
  row: number;
  ok: true;
  voucherCode: string;
}

/** A result for each row: what was not refused was done. */
export function toRowResults(
  rows: readonly JobRow[],
  refusals: readonly JobRefusal[],
): (DoneRow | RefusedRow)[] {
  const refused = new Map(refusals.map(refusal => [refusal.row, refusal]));
  return rows.map(({ row, code = '' }) => {
    const refusal = refused.get(row);
    return refusal ? refusedRow(row, refusal) : { row, ok: true, voucherCode: code };
  });
}
