import * as v from 'valibot';
import type { JobKind, JobRefusal, JobView } from '../../../miniprogram/contract/jobs';
import type { Page } from '../../../miniprogram/contract/paging';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { actingFor, type Actor } from '../domain/scope';
import { Cursor, Id } from '../runtime/input';
import type { Call } from '../runtime/operation';
import { jobRefusals, jobs, type Job } from '../store/jobs';
import { toJobView } from './job-runner';

export const JobInput = v.strictObject({ jobId: Id });
export const JobRefusalsInput = v.strictObject({ jobId: Id, cursor: Cursor });

/** Chunks whose refusals make up one page. */
const CHUNKS_A_PAGE = 2;

async function findJob(jobId: string, kinds: readonly JobKind[], actor: Actor): Promise<Job | undefined> {
  const job = await jobs.find(jobId);
  return job && kinds.includes(job.kind) && actingFor(actor, job) ? job : undefined;
}

/** Progress of a job of these kinds. @returns job_not_found for a stranger's. */
export const getJobOf =
  (...kinds: JobKind[]) =>
  async ({ input, actor }: Call<{ jobId: string }>): Promise<Result<JobView>> => {
    const job = await findJob(input.jobId, kinds, actor);
    return job ? ok(toJobView(job)) : fail('job_not_found');
  };

/** What a job of these kinds refused, in the order in which it met them. */
export const listJobRefusalsOf =
  (...kinds: JobKind[]) =>
  async ({
    input,
    actor,
  }: Call<{ jobId: string; cursor?: string | undefined }>): Promise<Result<Page<JobRefusal>>> => {
    const job = await findJob(input.jobId, kinds, actor);
    if (!job) return fail('job_not_found');
    const { cursor } = input;
    const page = await jobRefusals.list({
      where: { jobId: job.id },
      cursor,
      order: 'asc',
      limit: CHUNKS_A_PAGE,
    });
    const isLastPage = page.nextCursor === undefined;
    const stored = page.items.filter(({ id }) => id !== job.lastRefusals?.id);
    const items = [...stored, ...(isLastPage && job.lastRefusals ? [job.lastRefusals] : [])];
    return ok({ ...page, items: items.flatMap(({ rows }) => rows) });
  };
