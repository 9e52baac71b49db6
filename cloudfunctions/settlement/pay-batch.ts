import * as v from 'valibot';
import type { Fen } from '../../miniprogram/contract/fen';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { checkPaid, checkPaidOn, checkPayable, paymentKeyOf } from '../shared/domain/batch';
import type { JobOf, NewJobOf } from '../shared/domain/job';
import { placeOf } from '../shared/domain/scope';
import { startJobOf } from '../shared/jobs/batch-jobs';
import { advanceJob, INLINE_MS } from '../shared/jobs/job-runner';
import { runSettle } from '../shared/jobs/settlement-jobs';
import { BatchId, Day, FenFrom, Line } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { isDuplicateKey } from '../shared/store/attempt';
import { batches, type Batch } from '../shared/store/batches';
import { totalsOfBatch } from '../shared/store/vouchers';
import { viewBatch } from './batch-view';
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
    const { input, nowMs, request } = call;
    const { batchId, paidFen, paidOn, reference } = input;
    if (!found) return fail('batch_not_found');
    const paymentKey = paymentKeyOf(found.cityCode, reference);
    if (paymentKey === undefined) return fail('invalid_input', { fields: ['reference'] });
    const jobToStart = (batch: Batch): NewJobOf<'settle'> => ({
      id: newId(request),
      kind: 'settle',
      batchId,
      ...placeOf(batch),
      institutionId: batch.institutionId,
      // The payer has paid; the write-off is the system's own consequence of it.
      startedBy: { role: 'system' },
      startedAtMs: nowMs,
      total: batch.count,
    });
    const pay = () =>
      stepBatch('pay', call, found, async batch => {
        const checked = await checkPayment(batch, { paidFen, paidOn, nowMs });
        if (!checked.ok) return checked;
        const job = jobToStart(batch);
        const payment = { paidFen, paidOn, paymentReference: reference, paymentKey };
        return ok({ ...payment, jobId: job.id, jobToStart: job });
      });
    const paid = await unlessReferenceUsed(paymentKey, pay);
    return paid.ok ? ok(await viewBatch(await settle(paid.data, nowMs))) : paid;
  },
});

async function checkPayment(
  batch: Batch,
  { paidFen, paidOn, nowMs }: { paidFen: Fen; paidOn: string; nowMs: number },
): Promise<Result<undefined>> {
  const day = checkPaidOn(batch, paidOn, nowMs);
  if (!day.ok) return day;
  const totals = checkPayable(batch, await totalsOfBatch(batch.id, 'batched'));
  return totals.ok ? checkPaid(batch, paidFen) : totals;
}

/** The write itself takes the reference: of two payments at once under the same one the database lets one through. */
async function unlessReferenceUsed(
  paymentKey: string,
  pay: () => Promise<Result<Batch>>,
): Promise<Result<Batch>> {
  try {
    return await pay();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const other = await batches.findWhere({ paymentKey });
    return fail('payment_reference_used', { ...(other && { batchNumber: other.number }) });
  }
}

/** A small batch is written off by the time the payer has the answer; a big one is followed by its job. */
async function settle(batch: Batch, nowMs: number): Promise<Batch> {
  const job = await startJobOf(batch);
  if (job?.kind !== 'settle') return batch;
  await advanceJob(job as JobOf<'settle'>, runSettle, nowMs + INLINE_MS);
  return (await batches.find(batch.id)) ?? batch;
}
