import { NO_FEN } from '../../../miniprogram/contract/fen';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { checkActive } from '../domain/admission';
import { BATCH_LIFE, toTotals, type BatchTotals } from '../domain/batch';
import { placeOf, type ActingPerson } from '../domain/scope';
import { newId } from '../runtime/new-id';
import type { RequestOfCall } from '../runtime/operation';
import { batches, type Batch } from '../store/batches';
import { institutions, type Institution } from '../store/institutions';
import { totalsOfBatch } from '../store/vouchers';
import { batchNumber, NUMBERS_MAX } from './batch-number';
import { isImportRunning } from './import-running';

/** A draft for an institution. A repetition finds what the first request made. @returns institution_not_active. */
export async function beginBatch(
  institution: Institution,
  { projectId, title }: Pick<Batch, 'projectId' | 'title'>,
  { by, nowMs, request }: { by: ActingPerson; nowMs: number; request: RequestOfCall },
): Promise<Result<Batch>> {
  const { id: institutionId, name, active } = institution;
  if (!active) return fail('institution_not_active');
  const batch = {
    id: newId<Batch['id']>(request),
    version: 1,
    title,
    ...BATCH_LIFE.begin('create', { by, nowMs, requestId: request.id }),
    ...placeOf(institution),
    institutionId,
    institutionName: name,
    projectId,
    count: 0,
    totalFen: NO_FEN,
    removals: [],
  };
  return ok(await insertBatch(batch, request));
}

/** Under the first of its numbers that is free. */
async function insertBatch(batch: Omit<Batch, 'number'>, request: RequestOfCall): Promise<Batch> {
  for (let attempt = 0; attempt < NUMBERS_MAX; attempt++) {
    const numbered = { ...batch, number: batchNumber(batch.cityCode, request, attempt) };
    if (await batches.insert(numbered)) return numbered;
    const earlier = await batches.find(batch.id);
    if (earlier) return earlier;
  }
  throw new Error('no free batch number');
}

/**
 * What submission fixes, read after the batch was: from here on, what is reviewed is what is paid.
 * @returns institution_not_active; batch_import_running; batch_empty; batch_total_too_large.
 */
export async function totalsToSubmit(batch: Batch): Promise<Result<BatchTotals>> {
  const active = checkActive(await institutions.find(batch.institutionId));
  if (!active.ok) return active;
  if (await isImportRunning(batch)) return fail('batch_import_running');
  return toTotals(await totalsOfBatch(batch.id, 'batched'));
}
