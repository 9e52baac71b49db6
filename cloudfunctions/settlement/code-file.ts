import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, type TableSource } from '../../miniprogram/contract/imports';
import { ok, type Result } from '../../miniprogram/contract/result';
import { CODE_COLUMNS } from '../shared/domain/code-rows';
import { readTable } from '../shared/imports/table';
import { toJobRows } from '../shared/jobs/job-inputs';
import { readUpload } from '../shared/store/files';
import type { JobRow } from '../shared/store/jobs';

interface CodeFile {
  rows: JobRow[];
  source: TableSource;
}

/** Rows that name a voucher; the others are refused whatever the batch holds. */
export const countCodes = (rows: readonly JobRow[]): number =>
  rows.filter(({ code }) => code !== undefined).length;

/** The rows of an uploaded file of 券码 and where they stand. @returns file_not_found, or what readTable refuses. */
export async function readCodeFile(fileId: string): Promise<Result<CodeFile>> {
  const bytes = await readUpload(fileId, IMPORT_BYTES_MAX);
  if (!bytes.ok) return bytes;
  const table = await readTable(bytes.data, {
    columns: CODE_COLUMNS,
    rowsMax: IMPORT_ROWS_MAX,
    bytesMax: IMPORT_BYTES_MAX,
  });
  return table.ok ? ok({ rows: toJobRows(table.data.rows), source: table.data.source }) : table;
}
