import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { checkFilled, checkPayable } from '../shared/domain/batch';
import { BatchId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { totalsOfBatch } from '../shared/store/vouchers';
import { viewBatch } from './batch-view';
import { loadBatch, stepBatch } from './step-batch';

const input = v.strictObject({ batchId: BatchId });

/** 初审 */
export const reviewBatch = operation('settlement.reviewBatch', {
  input,
  load: loadBatch,
  run: async (call, found) => {
    const reviewed = await stepBatch('review', call, found, batch => {
      const filled = checkFilled(batch);
      return filled.ok ? ok({}) : filled;
    });
    return reviewed.ok ? ok(await viewBatch(reviewed.data)) : reviewed;
  },
});

/** 复审, by somebody else again. */
export const approveBatch = operation('settlement.approveBatch', {
  input,
  load: loadBatch,
  run: async (call, found) => {
    const approved = await stepBatch('approve', call, found, async batch => {
      const totals = checkPayable(batch, await totalsOfBatch(batch.id, 'batched'));
      return totals.ok ? ok({}) : totals;
    });
    return approved.ok ? ok(await viewBatch(approved.data)) : approved;
  },
});
