import { BATCH_JOB_KINDS, type BatchJobKind, type JobOf } from '../domain/job';
import { logError } from '../runtime/log';
import { batches, type Batch } from '../store/batches';
import { oneOf } from '../store/query';
import { startJob } from './job-runner';

/**
 * Starts the job that a batch asks for. Asking is part of the write that changes the batch, so that no kill can
 * leave a batch without its job; starting it twice makes it once.
 * @returns the job, or undefined when the batch asks for none.
 */
export async function startJobOf({ id, jobToStart }: Batch): Promise<JobOf<BatchJobKind> | undefined> {
  if (!jobToStart) return undefined;
  const job = await startJob<BatchJobKind>(jobToStart);
  await batches.update({ _id: id, 'jobToStart.id': job.id }, { jobToStart: undefined });
  return job;
}

/** Starts what a killed function left behind. @returns how many jobs that were. */
export async function startJobsLeftBehind(): Promise<number> {
  const waiting = await batches.readAll({ 'jobToStart.kind': oneOf(BATCH_JOB_KINDS) });
  for (const batch of waiting) {
    try {
      await startJobOf(batch);
    } catch (error) {
      // One that cannot be started must not keep the others from being.
      logError('job_not_started', error, { batch: batch.id });
    }
  }
  return waiting.length;
}
