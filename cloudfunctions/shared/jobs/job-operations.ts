import * as v from 'valibot';
import type { JobId } from '../../../miniprogram/contract/ids';
import type { JobKind, JobRefusal, JobView } from '../../../miniprogram/contract/jobs';
import type { Page } from '../../../miniprogram/contract/paging';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { Job, WatchedJob } from '../domain/job';
import { roleAt, type Actor } from '../domain/scope';
import { Cursor, JobId as JobIdInput } from '../runtime/input';
import type { ReadingCall } from '../runtime/operation';
import { jobs, refusalsOfJob, type JobWithRefusals } from '../store/jobs';
import { toJobView } from './job-runner';

const isTheirs = (job: Job | undefined, kinds: readonly JobKind[], actor: Actor): job is WatchedJob =>
  job !== undefined && job.kind !== 'migrate' && kinds.includes(job.kind) && roleAt(actor, job) !== undefined;

/** Progress of a job of these kinds. @returns job_not_found for a stranger's. */
export const getJobOf = (...kinds: JobKind[]) => ({
  input: v.strictObject({ jobId: JobIdInput }),
  load: ({ jobId }: { jobId: JobId }) => jobs.find(jobId),
  run: async ({ actor }: ReadingCall<{ jobId: JobId }>, job: Job | undefined): Promise<Result<JobView>> =>
    isTheirs(job, kinds, actor) ? ok(toJobView(job)) : fail('job_not_found'),
});

type RefusalsInput = { jobId: JobId; cursor?: string };

/** What a job of these kinds refused, in the order in which it met them. */
export const listJobRefusalsOf = (...kinds: JobKind[]) => ({
  input: v.strictObject({ jobId: JobIdInput, cursor: Cursor }),
  load: ({ jobId, cursor }: RefusalsInput) => refusalsOfJob(jobId, cursor),
  run: async (
    { actor }: ReadingCall<RefusalsInput>,
    { job, page }: JobWithRefusals,
  ): Promise<Result<Page<JobRefusal>>> => {
    if (!isTheirs(job, kinds, actor)) return fail('job_not_found');
    const isLastPage = page.nextCursor === undefined;
    const stored = page.items.filter(({ id }) => id !== job.lastRefusals?.id);
    const items = [...stored, ...(isLastPage && job.lastRefusals ? [job.lastRefusals] : [])];
    return ok({ ...page, items: items.flatMap(({ rows }) => rows) });
  },
});
