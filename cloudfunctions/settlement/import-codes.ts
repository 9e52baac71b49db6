import * as v from 'valibot';
import type { JobView } from '../../miniprogram/contract/jobs';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { moveBatch } from '../shared/domain/batch-status';
import { startJobOf } from '../shared/jobs/batch-jobs';
import { storeJobInput } from '../shared/jobs/job-inputs';
import { advanceJob, INLINE_MS, toJobView } from '../shared/jobs/job-runner';
import { runImportCodes } from '../shared/jobs/settlement-jobs';
import { changeDocument } from '../shared/runtime/change-document';
import { FileId, Id } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type Call } from '../shared/runtime/operation';
import { batches } from '../shared/store/batches';
import { jobs, type JobRow, type NewJob } from '../shared/store/jobs';
import { vouchers } from '../shared/store/vouchers';
import { readCodeFile } from './code-file';
import { findBatch, isImportRunning, type FoundBatch } from './find-batch';

/** Vouchers that one batch may hold. */
export const BATCH_ITEMS_MAX = 10_000;
const PICKED_MAX = 200;

/** Takes a file of 券码 into a batch, row by row. Notice 三(六). */
export const importCodes = operation('settlement.importCodes', {
  input: v.strictObject({ batchId: Id, fileId: FileId }),
  run: call => fillBatch(call, () => readCodeFile(call.input.fileId)),
});

/** The same for vouchers picked from a list; a row's number is the place in the pick. */
export const addVouchers = operation('settlement.addVouchers', {
  input: v.strictObject({
    batchId: Id,
    voucherIds: v.pipe(v.array(Id), v.minLength(1), v.maxLength(PICKED_MAX)),
  }),
  run: call => fillBatch(call, found => pickedRows(call.input.voucherIds, found)),
});

async function fillBatch(
  call: Call<{ batchId: string }>,
  readRows: (found: FoundBatch) => Promise<Result<JobRow[]>>,
): Promise<Result<JobView>> {
  const { input, actor, nowMs, request } = call;
  const id = newId(request);
  const earlier = await jobs.find(id);
  if (earlier) return ok(toJobView(await advanceJob(earlier, runImportCodes, nowMs + INLINE_MS)));
  const found = await findBatch(input.batchId, actor);
  if (!found) return fail('batch_not_found');
  const open = await checkOpen(found, id);
  if (!open.ok) return open;
  const rows = await readRows(found);
  if (!rows.ok) return rows;
  const room = await checkRoom(found, rows.data);
  if (!room.ok) return room;
  await storeJobInput(id, rows.data);
  return startImport(call, found, rows.data.length);
}

async function checkOpen({ batch }: FoundBatch, ownJobId: string): Promise<Result<undefined>> {
  const draft = moveBatch('submit', batch.status);
  if (!draft.ok) return draft;
  return (await isImportRunning(batch, ownJobId)) ? fail('batch_import_running') : ok(undefined);
}

async function checkRoom({ batch }: FoundBatch, rows: readonly JobRow[]): Promise<Result<undefined>> {
  const takenCount = await vouchers.count({ batchId: batch.id });
  const newCount = rows.filter(row => row.code !== undefined).length;
  if (takenCount + newCount <= BATCH_ITEMS_MAX) return ok(undefined);
  return fail('batch_full', { itemsMax: BATCH_ITEMS_MAX, takenCount });
}

/** The batch asks for the job in the write that makes sure that it is the only one. */
async function startImport(
  { nowMs, request }: Call<{ batchId: string }>,
  { batch, by }: FoundBatch,
  total: number,
): Promise<Result<JobView>> {
  const jobToStart: NewJob = {
    id: newId(request),
    kind: 'import_codes',
    batchId: batch.id,
    cityCode: batch.cityCode,
    institutionId: batch.institutionId,
    startedBy: by,
    startedAtMs: nowMs,
    total,
  };
  const changed = await changeDocument(batches, batch, request.id, async current => {
    const open = await checkOpen({ batch: current, by }, jobToStart.id);
    return open.ok ? ok({ jobId: jobToStart.id, jobToStart }) : open;
  });
  if (!changed.ok) return changed;
  const job = await startJobOf(changed.data);
  if (!job) throw new Error('a batch forgot its job');
  return ok(toJobView(await advanceJob(job, runImportCodes, nowMs + INLINE_MS)));
}

/** @returns voucher_not_found when one of them is not this institution's. */
async function pickedRows(voucherIds: readonly string[], { by }: FoundBatch): Promise<Result<JobRow[]>> {
  const found = await vouchers.findMany(voucherIds);
  const own = found.filter(voucher => voucher.institutionId === by.institutionId);
  const codes = new Map(own.map(({ id, code }) => [id, code]));
  const rows = [...new Set(voucherIds)].flatMap((id, position): JobRow[] => {
    const code = codes.get(id);
    return code === undefined ? [] : [{ row: position + 1, code }];
  });
  return rows.length === new Set(voucherIds).size ? ok(rows) : fail('voucher_not_found');
}
