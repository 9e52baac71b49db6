import type { JobOf, NewJobOf } from '../domain/job';
import { isRunning } from '../domain/job';
import type { Template } from '../domain/template';
import type { TrainingClass } from '../domain/training-class';
import { classes } from '../store/classes';
import { jobs } from '../store/jobs';
import { templates } from '../store/templates';
import { startJob } from './job-runner';

/** What vouchers are made for. It names the job that makes them, so that there is never another beside it. */
export type IssueOwner = { trainingClass: TrainingClass } | { template: Template };

/** Asks for a job in the write that says there is none yet. @returns false when the owner is no longer as it was read. */
export const orderIssue = (owner: IssueOwner, issueOrder: NewJobOf<'issue'>): Promise<boolean> =>
  'trainingClass' in owner
    ? classes.save(owner.trainingClass, { issueOrder })
    : templates.save(owner.template, { issueOrder });

/** Starts the job that was asked for. Starting it twice makes it once. */
export async function startOrdered(issueOrder: NewJobOf<'issue'>): Promise<JobOf<'issue'>> {
  const job = await startJob(issueOrder);
  const done = { issueJobId: job.id, issueOrder: undefined };
  const { classId, templateId } = issueOrder;
  await (classId === undefined
    ? templates.update({ _id: templateId, 'issueOrder.id': job.id }, done)
    : classes.update({ _id: classId, 'issueOrder.id': job.id }, done));
  return job;
}

/** The issue that is under way; one that a killed function has left behind is started. */
export async function findRunningIssue({
  issueOrder,
  issueJobId,
}: Pick<TrainingClass, 'issueOrder' | 'issueJobId'>): Promise<JobOf<'issue'> | undefined> {
  if (issueOrder) return startOrdered(issueOrder);
  const job = issueJobId === undefined ? undefined : await jobs.find(issueJobId);
  return job?.kind === 'issue' && isRunning(job) ? job : undefined;
}
