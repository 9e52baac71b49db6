import * as v from 'valibot';
import { GOOD_ROWS_SHOWN_MAX, type GoodRow } from '../../miniprogram/contract/imports';
import type { JobRefusal } from '../../miniprogram/contract/jobs';
import { ok, fail } from '../../miniprogram/contract/result';
import { BATCH_LIFE, checkRoom, refuserForBatch, type Batch, type Recount } from '../shared/domain/batch';
import { roleAt } from '../shared/domain/scope';
import { toImportReport } from '../shared/imports/import-report';
import { INPUT_CHUNK } from '../shared/jobs/job-inputs';
import { findByRows, refuseRows } from '../shared/jobs/steps-of-rows';
import { BatchId, FileId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { randomText } from '../shared/runtime/random';
import { batches } from '../shared/store/batches';
import type { JobRow } from '../shared/store/jobs';
import { totalsOfBatch } from '../shared/store/vouchers';
import { countCodes, readCodeFile } from './code-file';

/** What importCodes would refuse, and why. Changes nothing. */
export const checkCodes = operation('settlement.checkCodes', {
  input: v.strictObject({ batchId: BatchId, fileId: FileId }),
  load: ({ batchId }) => batches.find(batchId),
  run: async ({ input, actor, nowMs }, batch) => {
    if (!batch || !roleAt(actor, batch)) return fail('batch_not_found');
    const open = BATCH_LIFE.check('fill', batch.status);
    if (!open.ok) return open;
    const file = await readCodeFile(input.fileId);
    if (!file.ok) return file;
    const { rows, source } = file.data;
    const taken = await totalsOfBatch(batch.id, 'batched');
    const room = checkRoom(taken.count, countCodes(rows));
    if (!room.ok) return room;
    const refusals = await judge(rows, { batch, taken }, nowMs);
    const added = rows.length - refusals.length;
    const report = await toImportReport(
      { rows: rows.length, added, problems: refusals, source },
      `codes-${randomText(24)}`,
    );
    return ok({ ...report, goodRows: listGoodRows(rows, refusals) });
  },
});

function listGoodRows(rows: readonly JobRow[], refusals: readonly JobRefusal[]): GoodRow[] {
  const refused = new Set(refusals.map(({ row }) => row));
  return rows
    .flatMap(({ row, code }) => (code === undefined || refused.has(row) ? [] : [{ row, text: code }]))
    .slice(0, GOOD_ROWS_SHOWN_MAX);
}

async function judge(
  rows: readonly JobRow[],
  { batch, taken }: { batch: Batch; taken: Recount },
  nowMs: number,
): Promise<JobRefusal[]> {
  const refuse = refuserForBatch(batch, taken.totalFen);
  const refusals: JobRefusal[] = [];
  for (let start = 0; start < rows.length; start += INPUT_CHUNK) {
    const chunk = rows.slice(start, start + INPUT_CHUNK);
    const found = await findByRows(chunk);
    const refused = found.flatMap(voucher => {
      const code = refuse(voucher, nowMs);
      return code ? [{ voucher, code }] : [];
    });
    refusals.push(...refuseRows(chunk, found, refused));
  }
  return refusals;
}
