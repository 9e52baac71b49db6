import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import type { JobOf, NewJobOf } from '../shared/domain/job';
import { placeOf } from '../shared/domain/scope';
import { startJobOf } from '../shared/jobs/batch-jobs';
import { advanceJob, INLINE_MS } from '../shared/jobs/job-runner';
import { runUnbatch } from '../shared/jobs/settlement-jobs';
import { BatchId, Reason } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { totalsOfBatch } from '../shared/store/vouchers';
import { viewBatch } from './batch-view';
import { loadBatch, stepBatch } from './step-batch';

/**
 * Sends a batch back: its vouchers are used again and may enter another batch. The reviewers do so, and the payer when what
 * was approved cannot be paid.
 */
export const returnBatch = operation('settlement.returnBatch', {
  input: v.strictObject({ batchId: BatchId, reason: Reason }),
  load: loadBatch,
  run: async (call, found) => {
    const { input, nowMs, request } = call;
    const returned = await stepBatch('return', call, found, async (batch, by) => {
      // Counted anew: a batch whose totals went wrong is returned to be put right.
      const { count: total } = await totalsOfBatch(batch.id, 'batched');
      const jobToStart: NewJobOf<'unbatch'> = {
        id: newId(request),
        kind: 'unbatch',
        batchId: batch.id,
        ...placeOf(batch),
        institutionId: batch.institutionId,
        startedBy: by,
        startedAtMs: nowMs,
        total,
        reason: input.reason,
      };
      return ok({ jobId: jobToStart.id, jobToStart });
    });
    if (!returned.ok) return returned;
    const job = await startJobOf(returned.data);
    if (job?.kind === 'unbatch') await advanceJob(job as JobOf<'unbatch'>, runUnbatch, nowMs + INLINE_MS);
    return ok(await viewBatch(returned.data));
  },
});
