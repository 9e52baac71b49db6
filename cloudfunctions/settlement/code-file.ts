import type { BatchId } from '../../miniprogram/contract/ids';
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX } from '../../miniprogram/contract/imports';
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

/** The rows of an uploaded file of 券码. @returns what readUpload or readTable refuses. */
export async function readCodeFile(fileId: string, upload: UploadPurpose): Promise<Result<JobRow[]>> {
  const bytes = await readUpload(fileId, upload, IMPORT_BYTES_MAX);
  if (!bytes.ok) return bytes;
  const table = await readTable(bytes.data, {
    columns: CODE_COLUMNS,
    rowsMax: IMPORT_ROWS_MAX,
    bytesMax: IMPORT_BYTES_MAX,
  });
  return table.ok ? ok(toJobRows(table.data.rows)) : table;
}
