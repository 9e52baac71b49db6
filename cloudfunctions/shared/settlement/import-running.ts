import type { JobId } from '../../../miniprogram/contract/ids';
import { isRunning } from '../domain/job';
import type { Batch } from '../store/batches';
import { jobs } from '../store/jobs';

/** Whether another import than `ownJobId` is filling the batch, or is about to. */
export async function isImportRunning(batch: Batch, ownJobId?: JobId): Promise<boolean> {
  if (batch.jobId === undefined || batch.jobId === ownJobId) return false;
  if (batch.jobToStart) return true;
  const job = await jobs.find(batch.jobId);
  return job !== undefined && isRunning(job);
}
