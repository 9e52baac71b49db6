import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import type { StepActor } from '../shared/domain/voucher';
import { startJobOf } from '../shared/jobs/batch-jobs';
import { advanceJob, INLINE_MS } from '../shared/jobs/job-runner';
import { runUnbatch } from '../shared/jobs/settlement-jobs';
import { Id, Reason } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import type { Batch } from '../shared/store/batches';
import type { NewJob } from '../shared/store/jobs';
import { totalsOfBatch } from '../shared/store/vouchers';
import { toBatchView } from './batch-view';
import { stepBatch } from './find-batch';

/** Sends a batch back: its vouchers are used again and may enter another batch. */
export const returnBatch = operation('settlement.returnBatch', {
  input: v.strictObject({ batchId: Id, reason: Reason }),
  run: async call => {
    const { input, nowMs, request } = call;
    const toJob = (batch: Batch, startedBy: StepActor, total: number): NewJob => ({
      id: newId(request),
      kind: 'unbatch',
      batchId: batch.id,
      cityCode: batch.cityCode,
      institutionId: batch.institutionId,
      startedBy,
      startedAtMs: nowMs,
      total,
      reason: input.reason,
    });
    const returned = await stepBatch(call, 'return', async (batch, by) => {
      // Counted anew: a batch whose totals went wrong is returned to be put right.
      const { count } = await totalsOfBatch(batch.id, 'batched');
      const job = toJob(batch, by, count);
      return ok({ jobId: job.id, jobToStart: job });
    });
    if (!returned.ok) return returned;
    const job = await startJobOf(returned.data);
    if (job) await advanceJob(job, runUnbatch, nowMs + INLINE_MS);
    return ok(toBatchView(returned.data));
  },
});
