import * as v from 'valibot';
import { FEN_MAX } from '../../miniprogram/contract/fen';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { checkAnotherPerson } from '../shared/domain/batch-status';
import { dayOf } from '../shared/domain/calendar';
import { startJobOf } from '../shared/jobs/batch-jobs';
import { advanceJob, INLINE_MS } from '../shared/jobs/job-runner';
import { runSettle } from '../shared/jobs/settlement-jobs';
import { Day, Id, Line, WholeNumber } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { batches, type Batch } from '../shared/store/batches';
import type { NewJob } from '../shared/store/jobs';
import { toBatchView } from './batch-view';
import { checkTotals, stepBatch } from './find-batch';

const REFERENCE_CHARS_MAX = 64;

/** Records the disbursement (拨付) and lets the write-off (核销) of every voucher follow. Notice 三(六). */
export const payBatch = operation('settlement.payBatch', {
  input: v.strictObject({
    batchId: Id,
    paidFen: WholeNumber(0, FEN_MAX),
    paidOn: Day,
    reference: Line(REFERENCE_CHARS_MAX),
  }),
  run: async call => {
    const { input, actor, nowMs, request } = call;
    const { paidFen, paidOn, reference } = input;
    if (paidOn > dayOf(nowMs)) return fail('invalid_input', { fields: ['paidOn'] });
    const jobToStart = (batch: Batch): NewJob => ({
      id: newId(request),
      kind: 'settle',
      batchId: batch.id,
      cityCode: batch.cityCode,
      institutionId: batch.institutionId,
      // The payer has paid; the write-off is the system's own consequence of it.
      startedBy: { role: 'system' },
      startedAtMs: nowMs,
      total: batch.count,
    });
    const paid = await stepBatch(call, 'pay', async batch => {
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
  { paidFen, personKey }: { paidFen: number; personKey: string },
): Promise<Result<undefined>> {
  const person = checkAnotherPerson(batch.history, personKey);
  if (!person.ok) return person;
  const totals = await checkTotals(batch);
  if (!totals.ok) return totals;
  const { totalFen } = batch;
  return paidFen === totalFen ? ok(undefined) : fail('paid_amount_differs', { totalFen });
}

/** A small batch is written off by the time the payer has the answer; a big one is followed by its job. */
async function settle(batch: Batch, nowMs: number): Promise<Batch> {
  const job = await startJobOf(batch);
  if (!job) return batch;
  await advanceJob(job, runSettle, nowMs + INLINE_MS);
  return (await batches.find(batch.id)) ?? batch;
}
