import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { BatchId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { totalsToSubmit } from '../shared/settlement/begin-batch';
import { viewBatch } from './batch-view';
import { loadBatch, stepBatch } from './step-batch';

/** From here on count and total are fixed: what is reviewed is what is paid. */
export const submitBatch = operation('settlement.submitBatch', {
  input: v.strictObject({ batchId: BatchId }),
  load: loadBatch,
  run: async (call, found) => {
    const submitted = await stepBatch('submit', call, found, totalsToSubmit);
    return submitted.ok ? ok(await viewBatch(submitted.data)) : submitted;
  },
});
