import * as v from 'valibot';
import { GOOD_ROWS_SHOWN_MAX, type GoodRow } from '../../miniprogram/contract/imports';
import type { JobRefusal } from '../../miniprogram/contract/jobs';
import { ok, fail } from '../../miniprogram/contract/result';
import { moveBatch } from '../shared/domain/batch-status';
import { INPUT_CHUNK } from '../shared/jobs/job-inputs';
import { refuseForBatch } from '../shared/jobs/settlement-jobs';
import { findByRows, refuseRows } from '../shared/jobs/steps-of-rows';
import { FileId, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import type { Batch } from '../shared/store/batches';
import type { JobRow } from '../shared/store/jobs';
import { readCodeFile } from './code-file';
import { toReport } from './code-report';
import { findBatch } from './find-batch';

/** What importCodes would refuse, and why. Changes nothing. */
export const checkCodes = operation('settlement.checkCodes', {
  input: v.strictObject({ batchId: Id, fileId: FileId }),
  run: async ({ input, actor, nowMs }) => {
    const found = await findBatch(input.batchId, actor);
    if (!found) return fail('batch_not_found');
    const draft = moveBatch('submit', found.batch.status);
    if (!draft.ok) return draft;
    const rows = await readCodeFile(input.fileId);
    if (!rows.ok) return rows;
    const refusals = await judge(rows.data, found.batch, nowMs);
    const report = await toReport(rows.data.length, refusals);
    return ok({ ...report, goodRows: listGoodRows(rows.data, refusals) });
  },
});

function listGoodRows(rows: readonly JobRow[], refusals: readonly JobRefusal[]): GoodRow[] {
  const refused = new Set(refusals.map(({ row }) => row));
  return rows
    .flatMap(({ row, code }) => (code === undefined || refused.has(row) ? [] : [{ row, text: code }]))
    .slice(0, GOOD_ROWS_SHOWN_MAX);
}

async function judge(rows: readonly JobRow[], batch: Batch, nowMs: number): Promise<JobRefusal[]> {
  const refusals: JobRefusal[] = [];
  for (let start = 0; start < rows.length; start += INPUT_CHUNK) {
    const chunk = rows.slice(start, start + INPUT_CHUNK);
    const found = await findByRows(chunk);
    const refused = found.flatMap(voucher => {
      const code = refuseForBatch(voucher, batch, nowMs);
      return code ? [{ voucher, code }] : [];
    });
    refusals.push(...refuseRows(chunk, found, refused));
  }
  return refusals;
}
