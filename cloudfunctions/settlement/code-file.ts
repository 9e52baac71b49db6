import type { BatchId } from '../../miniprogram/contract/ids';
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, type TableSource } from '../../miniprogram/contract/imports';
import { ok, type Result } from '../../miniprogram/contract/result';
import type { Actor } from '../shared/domain/scope';
import { CODE_COLUMNS } from '../shared/domain/code-rows';
import { readTable } from '../shared/imports/table';
import { toJobRows } from '../shared/jobs/job-inputs';
import { readUpload, type UploadPurpose } from '../shared/store/files';
import type { JobRow } from '../shared/store/jobs';

/** What a file of 券码 is uploaded for. */
export const uploadOf = ({ personKey }: Actor, batchId: BatchId): UploadPurpose => ({
  personKey,
  purpose: 'codes',
  placeId: batchId,
});

interface CodeFile {
  rows: JobRow[];
  source: TableSource;
}

/** Rows that name a voucher; the others are refused whatever the batch holds. */
export const countCodes = (rows: readonly JobRow[]): number =>
  rows.filter(({ code }) => code !== undefined).length;

/** The rows of an uploaded file of 券码 and where they stand. @returns what readUpload or readTable refuses. */
export async function readCodeFile(fileId: string, upload: UploadPurpose): Promise<Result<CodeFile>> {
  const bytes = await readUpload(fileId, upload, IMPORT_BYTES_MAX);
  if (!bytes.ok) return bytes;
  const table = await readTable(bytes.data, {
    columns: CODE_COLUMNS,
    rowsMax: IMPORT_ROWS_MAX,
    bytesMax: IMPORT_BYTES_MAX,
  });
  return table.ok ? ok({ rows: toJobRows(table.data.rows), source: table.data.source }) : table;
}
