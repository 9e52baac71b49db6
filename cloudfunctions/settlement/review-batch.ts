import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { checkAnotherPerson } from '../shared/domain/batch-status';
import { Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { toBatchView } from './batch-view';
import { checkTotals, stepBatch } from './find-batch';

const BatchId = v.strictObject({ batchId: Id });

/** 初审 */
export const reviewBatch = operation('settlement.reviewBatch', {
  input: BatchId,
  run: async call => {
    const reviewed = await stepBatch(call, 'review', async batch => {
      const person = checkAnotherPerson(batch.history, call.actor.personKey);
      if (!person.ok) return person;
      return batch.count === 0 ? fail('batch_empty') : ok({});
    });
    return reviewed.ok ? ok(toBatchView(reviewed.data)) : reviewed;
  },
});

/** 复审, by somebody else again. */
export const approveBatch = operation('settlement.approveBatch', {
  input: BatchId,
  run: async call => {
    const approved = await stepBatch(call, 'approve', async batch => {
      const person = checkAnotherPerson(batch.history, call.actor.personKey);
      if (!person.ok) return person;
      const totals = await checkTotals(batch);
      return totals.ok ? ok({}) : totals;
    });
    return approved.ok ? ok(toBatchView(approved.data)) : approved;
  },
});
