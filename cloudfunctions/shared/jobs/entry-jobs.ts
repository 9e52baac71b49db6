import type { EntryApplication } from '../domain/entry-application';
import type { JobOf } from '../domain/job';
import { logError } from '../runtime/log';
import { entryApplications } from '../store/entry-applications';
import { startJob } from './job-runner';

/**
 * Starts the job that an approval asks for. Asking is part of the write that approves, so that no kill can leave an approved
 * application without its job; starting it twice makes it once.
 * @returns the job, or undefined when it was started before.
 */
export async function startEntryJobOf({
  id,
  jobToStart,
}: EntryApplication): Promise<JobOf<'open_entry'> | undefined> {
  if (!jobToStart) return undefined;
  const job = await startJob(jobToStart);
  await entryApplications.update({ _id: id, 'jobToStart.id': job.id }, { jobToStart: undefined });
  return job;
}

/** Starts what a killed function left behind. @returns how many jobs that were. */
export async function startEntryJobsLeftBehind(): Promise<number> {
  const waiting = await entryApplications.readAll({ 'jobToStart.kind': 'open_entry' });
  for (const application of waiting) {
    try {
      await startEntryJobOf(application);
    } catch (error) {
      // One that cannot be started must not keep the others from being.
      logError('job_not_started', error, { application: application.id });
    }
  }
  return waiting.length;
}
