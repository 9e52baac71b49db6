import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { BATCH_LIFE } from '../shared/domain/batch';
import { roleAt } from '../shared/domain/scope';
import { BatchId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { handOutPlace } from '../shared/store/files';
import { uploadOf } from './code-file';
import { loadBatch } from './step-batch';

/** Nothing is uploaded that could not be imported: who may not do so, or not now, learns it before. */
export const startUpload = operation('settlement.startUpload', {
  input: v.strictObject({ batchId: BatchId }),
  load: loadBatch,
  // The place follows from the request.
  repeatsFromHistory: true,
  run: async ({ actor, request }, batch) => {
    if (!batch || !roleAt(actor, batch)) return fail('batch_not_found');
    const open = BATCH_LIFE.check('fill', batch.status);
    if (!open.ok) return open;
    return ok(await handOutPlace(request.key, uploadOf(actor, batch.id)));
  },
});
