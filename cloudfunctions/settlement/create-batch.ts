import * as v from 'valibot';
import { NO_FEN } from '../../miniprogram/contract/fen';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { placeOf, roleAt } from '../shared/domain/scope';
import { BATCH_LIFE } from '../shared/domain/batch';
import { InstitutionId, Line, Project } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type RequestOfCall } from '../shared/runtime/operation';
import { batches, type Batch } from '../shared/store/batches';
import { institutions } from '../shared/store/institutions';
import { batchNumber, NUMBERS_MAX } from './batch-number';
import { viewBatch } from './batch-view';

export const createBatch = operation('settlement.createBatch', {
  input: v.strictObject({
    institutionId: InstitutionId,
    projectId: Project,
    title: Line(LIMITS.nameCharsMax),
  }),
  load: ({ institutionId }) => institutions.find(institutionId),
  run: async ({ input, actor, nowMs, request }, institution) => {
    if (!institution) return fail('institution_not_found');
    const { id: institutionId, name, active } = institution;
    const by = roleAt(actor, { ...placeOf(institution), institutionId });
    if (!by) return fail('institution_not_found');
    if (!active) return fail('institution_not_active');
    const { projectId, title } = input;
    const batch = await insertBatch(
      {
        id: newId(request),
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
      },
      request,
    );
    return ok(await viewBatch(batch));
  },
});

/** Under the first of its numbers that is free; a repetition finds what the first request made. */
async function insertBatch(batch: Omit<Batch, 'number'>, request: RequestOfCall): Promise<Batch> {
  for (let attempt = 0; attempt < NUMBERS_MAX; attempt++) {
    const numbered = { ...batch, number: batchNumber(batch.cityCode, request, attempt) };
    if (await batches.insert(numbered)) return numbered;
    const earlier = await batches.find(batch.id);
    if (earlier) return earlier;
  }
  throw new Error('no free batch number');
}
