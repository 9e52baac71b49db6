import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { checkAnotherPerson, checkTotals } from '../shared/domain/batch';
import { BatchId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { totalsOfBatch } from '../shared/store/vouchers';
import { toBatchView } from './batch-view';
import { loadBatch, stepBatch } from './step-batch';

const input = v.strictObject({ batchId: BatchId });

/** 初审 */
export const reviewBatch = operation('settlement.reviewBatch', {
  input,
  load: loadBatch,
  run: async (call, found) => {
    const reviewed = await stepBatch('review', call, found, batch => {
      const person = checkAnotherPerson(batch.history, call.actor.personKey);
      if (!person.ok) return person;
      return batch.count === 0 ? fail('batch_empty') : ok({});
    });
    return reviewed.ok ? ok(toBatchView(reviewed.data)) : reviewed;
  },
});

/** 复审, by somebody else again. */
export const approveBatch = operation('settlement.approveBatch', {
  input,
  load: loadBatch,
  run: async (call, found) => {
    const approved = await stepBatch('approve', call, found, async batch => {
      const person = checkAnotherPerson(batch.history, call.actor.personKey);
      if (!person.ok) return person;
      const totals = checkTotals(batch, await totalsOfBatch(batch.id, 'batched'));
      return totals.ok ? ok({}) : totals;
    });
    return approved.ok ? ok(toBatchView(approved.data)) : approved;
  },
});
