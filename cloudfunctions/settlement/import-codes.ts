import * as v from 'valibot';
import type { JobId } from '../../miniprogram/contract/ids';
import type { JobView } from '../../miniprogram/contract/jobs';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { BATCH_LIFE, checkRoom, withFill } from '../shared/domain/batch';
import type { JobOf, NewJobOf } from '../shared/domain/job';
import { placeOf, roleAt, type ActingPerson } from '../shared/domain/scope';
import { codeOf, type Voucher } from '../shared/domain/voucher';
import { startJobOf } from '../shared/jobs/batch-jobs';
import { storeJobInput } from '../shared/jobs/job-inputs';
import { advanceJob, INLINE_MS, toJobView } from '../shared/jobs/job-runner';
import { runImportCodes } from '../shared/jobs/settlement-jobs';
import { changeDocument } from '../shared/runtime/change-document';
import { BatchId, FileId, VoucherId } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { deleteFile } from '../shared/store/files';
import { batches, type Batch } from '../shared/store/batches';
import { jobs, type JobRow } from '../shared/store/jobs';
import { vouchers } from '../shared/store/vouchers';
import { countCodes, readCodeFile, uploadOf } from './code-file';
import { isImportRunning } from '../shared/settlement/import-running';
import { loadBatch } from './step-batch';

interface FoundBatch {
  batch: Batch;
  by: ActingPerson;
}

/** Takes a file of 券码 into a batch, row by row. Notice 三(六). */
export const importCodes = operation('settlement.importCodes', {
  input: v.strictObject({ batchId: BatchId, fileId: FileId }),
  load: loadBatch,
  run: (call, batch) =>
    fillBatch(call, batch, async found => {
      const file = await readCodeFile(call.input.fileId, uploadOf(call.actor, found.batch.id));
      return file.ok ? ok(file.data.rows) : file;
    }),
  // The job has its rows by now.
  afterwards: ({ input }) => deleteFile(input.fileId),
});

/** The same for vouchers picked from a list; a row's number is the place in the pick. */
export const addVouchers = operation('settlement.addVouchers', {
  input: v.strictObject({
    batchId: BatchId,
    voucherIds: v.pipe(v.array(VoucherId), v.minLength(1), v.maxLength(LIMITS.pickedVouchersMax)),
  }),
  load: loadBatch,
  run: (call, batch) => fillBatch(call, batch, found => pickedRows(call.input.voucherIds, found)),
});

async function fillBatch(
  call: WritingCall<{ batchId: Batch['id'] }>,
  batch: Batch | undefined,
  readRows: (found: FoundBatch) => Promise<Result<JobRow[]>>,
): Promise<Result<JobView>> {
  const { actor, nowMs, request } = call;
  const id = newId<JobId>(request);
  const earlier = await jobs.find(id);
  if (earlier?.kind === 'import_codes')
    return ok(toJobView(await advanceJob(earlier, runImportCodes, nowMs + INLINE_MS)));
  const by = batch && roleAt(actor, batch);
  if (!batch || !by) return fail('batch_not_found');
  const open = await checkOpen(batch, id);
  if (!open.ok) return open;
  const rows = await readRows({ batch, by });
  if (!rows.ok) return rows;
  const newCount = countCodes(rows.data);
  const room = await checkRoomOf(batch, newCount);
  if (!room.ok) return room;
  await storeJobInput(id, rows.data);
  return startImport(call, { batch, by }, { total: rows.data.length, newCount });
}

const checkRoomOf = async (batch: Batch, newCount: number): Promise<Result<undefined>> =>
  checkRoom(await vouchers.count({ batchId: batch.id }), newCount);

async function checkOpen(batch: Batch, ownJobId: JobId): Promise<Result<undefined>> {
  const open = BATCH_LIFE.check('fill', batch.status);
  if (!open.ok) return open;
  return (await isImportRunning(batch, ownJobId)) ? fail('batch_import_running') : ok(undefined);
}

/** The batch asks for the job in the write that makes sure that it is the only one, and that what it brings fits. */
async function startImport(
  { nowMs, request }: WritingCall<{ batchId: Batch['id'] }>,
  { batch, by }: FoundBatch,
  { total, newCount }: { total: number; newCount: number },
): Promise<Result<JobView>> {
  const jobToStart: NewJobOf<'import_codes'> = {
    id: newId(request),
    kind: 'import_codes',
    batchId: batch.id,
    ...placeOf(batch),
    institutionId: batch.institutionId,
    startedBy: by,
    startedAtMs: nowMs,
    total,
  };
  const changed = await changeDocument(batches, batch, request.id, async current => {
    const open = await checkOpen(current, jobToStart.id);
    if (!open.ok) return open;
    const room = await checkRoomOf(current, newCount);
    if (!room.ok) return room;
    const fills = withFill(current, { by, atMs: nowMs });
    return ok({ jobId: jobToStart.id, jobToStart, fills });
  });
  if (!changed.ok) return changed;
  const job = await startJobOf(changed.data);
  if (job?.kind !== 'import_codes') throw new Error('a batch forgot its job');
  return ok(toJobView(await advanceJob(job as JobOf<'import_codes'>, runImportCodes, nowMs + INLINE_MS)));
}

/** @returns voucher_not_found when one of them is not this institution's. */
async function pickedRows(
  voucherIds: readonly Voucher['id'][],
  { by }: FoundBatch,
): Promise<Result<JobRow[]>> {
  const found = await vouchers.findMany(voucherIds);
  const own = found.filter(voucher => voucher.institutionId === by.institutionId);
  const codes = new Map(own.map(voucher => [voucher.id, codeOf(voucher)]));
  const rows = [...new Set(voucherIds)].flatMap((id, position): JobRow[] => {
    const code = codes.get(id);
    return code === undefined ? [] : [{ row: position + 1, code }];
  });
  return rows.length === new Set(voucherIds).size ? ok(rows) : fail('voucher_not_found');
}
