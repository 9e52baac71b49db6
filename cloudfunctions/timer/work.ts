import { expireStep } from '../shared/domain/decisions';
import type { Job, JobOf, WorkKind } from '../shared/domain/job';
import { VOUCHER_LIFE } from '../shared/domain/voucher';
import { JOB_RUNNERS } from '../shared/jobs/all-runners';
import { advanceJob, type JobRunner } from '../shared/jobs/job-runner';
import { logError } from '../shared/runtime/log';
import { answers } from '../shared/store/answers';
import { apiAnswers } from '../shared/store/api-answers';
import { CHUNK_MAX } from '../shared/store/document-collection';
import { deleteFilesBefore } from '../shared/store/files';
import { jobs } from '../shared/store/jobs';
import { atMost, below, oneOf } from '../shared/store/query';
import { runMigration } from './migrate';
import { saveStepOfMany, vouchers } from '../shared/store/vouchers';

/** Jobs among which the time is shared; those behind them have what these do not need. */
const JOBS_AT_ONCE = 100;

/** First answers are kept this long: far longer than any phone or system keeps trying. */
const ANSWERS_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Rosters hold ID numbers: one that was checked and never imported goes the next day, and so do lists of problems. */
const FILES_KEPT_MS = 24 * 60 * 60 * 1000;

/** Goes on with every job that nobody works on, the oldest first, and shares the time among them. */
export async function advanceJobs(deadlineMs: number): Promise<number> {
  let count = 0;
  for await (const waiting of jobs.walk({ status: 'running' }, JOBS_AT_ONCE)) {
    for (const [position, job] of waiting.entries()) {
      const leftMs = deadlineMs - Date.now();
      if (leftMs <= 0) return count;
      await advanceSafely(job, Date.now() + leftMs / (waiting.length - position));
      count++;
    }
  }
  return count;
}

const RUNNERS: { readonly [K in WorkKind]: JobRunner<K> } = { ...JOB_RUNNERS, migrate: runMigration };

const advance = <K extends WorkKind>(job: JobOf<K>, untilMs: number): Promise<JobOf<K>> =>
  advanceJob(job, RUNNERS[job.kind], untilMs);

/** One job that fails or hangs must not keep the others from going on. */
async function advanceSafely(job: Job, untilMs: number): Promise<void> {
  try {
    await advance(job, untilMs);
  } catch (error) {
    logError('job_chunk_failed', error, { kind: job.kind, job: job.id });
  }
}

/** Tidies vouchers whose time is over. Every rule judges by time already; this makes counts and lists agree with it. */
export async function expireVouchers(deadlineMs: number): Promise<number> {
  let expired = 0;
  for (const from of VOUCHER_LIFE.moves.expire.from) {
    while (Date.now() < deadlineMs) {
      const nowMs = Date.now();
      const overdue = { status: from, expiresAtMs: atMost(nowMs) };
      const ids = await vouchers.readIds({ where: overdue, limit: CHUNK_MAX });
      if (ids.length === 0) break;
      const context = { by: { role: 'system' }, nowMs, requestId: `expire-${nowMs}` } as const;
      expired += await saveStepOfMany(ids, expireStep(from, context), { expiresAtMs: atMost(nowMs) });
    }
  }
  return expired;
}

/** Chunk by chunk: to forget all at once may take longer than any one request may. */
export async function forgetAnswers(deadlineMs: number): Promise<number> {
  const beforeMs = Date.now() - ANSWERS_KEPT_MS;
  const ofPhones = await forget(deadlineMs, {
    find: () => answers.readIds({ where: { atMs: below(beforeMs) }, limit: CHUNK_MAX }),
    remove: ids => answers.remove({ _id: oneOf(ids) }),
  });
  const ofSystems = await forget(deadlineMs, {
    find: () => apiAnswers.readIds({ where: { firstAtMs: below(beforeMs) }, limit: CHUNK_MAX }),
    remove: ids => apiAnswers.remove({ _id: oneOf(ids) }),
  });
  return ofPhones + ofSystems;
}

interface Old {
  find: () => Promise<string[]>;
  remove: (ids: string[]) => Promise<number>;
}

async function forget(deadlineMs: number, { find, remove }: Old): Promise<number> {
  let forgotten = 0;
  while (Date.now() < deadlineMs) {
    const ids = await find();
    if (ids.length > 0) forgotten += await remove(ids);
    if (ids.length < CHUNK_MAX) break;
  }
  return forgotten;
}

/** As many as there are, a request's worth at a time. */
export async function deleteFiles(deadlineMs: number): Promise<number> {
  const beforeMs = Date.now() - FILES_KEPT_MS;
  let deleted = 0;
  while (Date.now() < deadlineMs) {
    const gone = await deleteFilesBefore(beforeMs);
    deleted += gone;
    if (gone === 0) break;
  }
  return deleted;
}
