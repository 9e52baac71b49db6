import * as v from 'valibot';
import type { Fen } from '../../miniprogram/contract/fen';
import type { PersonKey } from '../../miniprogram/contract/ids';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { checkAnotherPerson, checkPaid, checkTotals } from '../shared/domain/batch';
import { dayOf } from '../shared/domain/calendar';
import type { JobOf, NewJobOf } from '../shared/domain/job';
import { startJobOf } from '../shared/jobs/batch-jobs';
import { advanceJob, INLINE_MS } from '../shared/jobs/job-runner';
import { runSettle } from '../shared/jobs/settlement-jobs';
import { BatchId, Day, FenFrom, Line } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { batches, type Batch } from '../shared/store/batches';
import { totalsOfBatch } from '../shared/store/vouchers';
import { toBatchView } from './batch-view';
import { loadBatch, stepBatch } from './step-batch';

/** Records the disbursement (拨付) and lets the write-off (核销) of every voucher follow. Notice 三(六). */
export const payBatch = operation('settlement.payBatch', {
  input: v.strictObject({
    batchId: BatchId,
    paidFen: FenFrom(0),
    paidOn: Day,
    reference: Line(LIMITS.referenceCharsMax),
  }),
  load: loadBatch,
  run: async (call, found) => {
    const { input, actor, nowMs, request } = call;
    const { batchId, paidFen, paidOn, reference } = input;
    if (paidOn > dayOf(nowMs)) return fail('invalid_input', { fields: ['paidOn'] });
    const jobToStart = (batch: Batch): NewJobOf<'settle'> => ({
      id: newId(request),
      kind: 'settle',
      batchId,
      cityCode: batch.cityCode,
      institutionId: batch.institutionId,
      // The payer has paid; the write-off is the system's own consequence of it.
      startedBy: { role: 'system' },
      startedAtMs: nowMs,
      total: batch.count,
    });
    const paid = await stepBatch('pay', call, found, async batch => {
      const checked = await checkPayment(batch, { paidFen, personKey: actor.personKey });
      if (!checked.ok) return checked;
      const job = jobToStart(batch);
      return ok({ paidFen, paidOn, paymentReference: reference, jobId: job.id, jobToStart: job });
    });
    return paid.ok ? ok(toBatchView(await settle(paid.data, nowMs))) : paid;
  },
});

async function checkPayment(
  batch: Batch,
  { paidFen, personKey }: { paidFen: Fen; personKey: PersonKey },
): Promise<Result<undefined>> {
  const person = checkAnotherPerson(batch.history, personKey);
  if (!person.ok) return person;
  const totals = checkTotals(batch, await totalsOfBatch(batch.id, 'batched'));
  return totals.ok ? checkPaid(batch, paidFen) : totals;
}

/** A small batch is written off by the time the payer has the answer; a big one is followed by its job. */
async function settle(batch: Batch, nowMs: number): Promise<Batch> {
  const job = await startJobOf(batch);
  if (job?.kind !== 'settle') return batch;
  await advanceJob(job as JobOf<'settle'>, runSettle, nowMs + INLINE_MS);
  return (await batches.find(batch.id)) ?? batch;
}
