import type { JobKind } from '../../../miniprogram/contract/jobs';
import type { JobOf } from '../domain/job';
import { runIssue } from './issue-job';
import { advanceJob, type JobRunner } from './job-runner';
import { runImportCodes, runSettle, runUnbatch } from './settlement-jobs';
import { runVoid } from './void-job';

/** Every kind of long work, by its kind. */
export const JOB_RUNNERS: { readonly [K in JobKind]: JobRunner<K> } = {
  issue: runIssue,
  void: runVoid,
  import_codes: runImportCodes,
  unbatch: runUnbatch,
  settle: runSettle,
};

/** {@link advanceJob} with the runner of the job's kind. */
export const advance = <K extends JobKind>(job: JobOf<K>, untilMs: number): Promise<JobOf<K>> =>
  advanceJob(job, JOB_RUNNERS[job.kind], untilMs);
