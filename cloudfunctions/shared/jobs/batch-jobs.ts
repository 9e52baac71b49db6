import { BATCH_JOB_KINDS, type BatchJobKind, type JobOf } from '../domain/job';
import { batches, type Batch } from '../store/batches';
import { oneOf } from '../store/query';
import { startJob } from './job-runner';

/** Batches looked at in one run of the timer; more wait for the next. */
const BATCHES_A_RUN = 100;

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
  const where = { 'jobToStart.kind': oneOf(BATCH_JOB_KINDS) };
  const waiting = await batches.read({ where, limit: BATCHES_A_RUN });
  for (const batch of waiting) await startJobOf(batch);
  return waiting.length;
}
