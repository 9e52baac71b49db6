import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { toTotals } from '../shared/domain/batch';
import { BatchId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { totalsOfBatch } from '../shared/store/vouchers';
import { viewBatch } from './batch-view';
import { isImportRunning } from './import-running';
import { loadBatch, stepBatch } from './step-batch';

/** From here on count and total are fixed: what is reviewed is what is paid. */
export const submitBatch = operation('settlement.submitBatch', {
  input: v.strictObject({ batchId: BatchId }),
  load: loadBatch,
  run: async (call, found) => {
    const submitted = await stepBatch('submit', call, found, async batch => {
      if (await isImportRunning(batch)) return fail('batch_import_running');
      return toTotals(await totalsOfBatch(batch.id, 'batched'));
    });
    return submitted.ok ? ok(await viewBatch(submitted.data)) : submitted;
  },
});
