import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { JobRefusal, JobView } from '../../../miniprogram/contract/jobs';
import {
  isRunning,
  toJob,
  type Job,
  type JobOf,
  type MigrationCounts,
  type NewJobOf,
  type WatchedJob,
  type WorkKind,
  totalOf,
} from '../domain/job';
import { isHeld } from '../domain/lease';
import { log } from '../runtime/log';
import { REQUEST_TIMEOUT_MS, withDeadline } from '../store/attempt';
import { jobRefusals, jobs } from '../store/jobs';

/** What one chunk did. Counts belong to this chunk; running it again after a kill gives the same ones. */
export interface ChunkOutcome {
  cursor: string;
  done: number;
  refusals: JobRefusal[];
  /** Nothing is left; whatever the end of the job requires has been done. */
  finished: boolean;
  /** The job cannot go on: something that must agree does not. */
  failureCode?: ErrorCode;
  /** What a migration counts at its end. */
  after?: MigrationCounts;
}

/** Works on one chunk of the job. */
export type ChunkStep<K extends WorkKind> = (job: JobOf<K>, nowMs: number) => Promise<ChunkOutcome>;
/** Loads once what every chunk needs. */
export type JobRunner<K extends WorkKind> = (job: JobOf<K>) => Promise<ChunkStep<K>>;

/** Longer than any chunk takes; a killed function's job is free again after it. */
export const LEASE_MS = 20_000;
/** What the call that starts a job works itself: small jobs are finished at once, big ones by the timer. */
export const INLINE_MS = 2_000;

/** The outcome of looking for more work and finding none. */
export const nothingLeft = (job: Pick<Job, 'cursor'>): ChunkOutcome => ({
  cursor: job.cursor,
  done: 0,
  refusals: [],
  finished: true,
});

/** Starts a job, or finds the one that the same request has started. */
export async function startJob<K extends WorkKind>(order: NewJobOf<K>): Promise<JobOf<K>> {
  const fresh = toJob(order);
  if (await insertJob(fresh)) return fresh;
  // The id comes from the request, which always asks for the same kind.
  return ((await jobs.find(fresh.id)) as JobOf<K> | undefined) ?? fresh;
}

// A job of a kind is a job: the compiler does not see it while the kind is open.
const insertJob = (job: object): Promise<boolean> => jobs.insert(job as Job);

/**
 * Works on a job chunk by chunk until it ends or the time is over. Safe to call from anywhere at any time:
 * who gets the lease works, everybody else leaves.
 * @returns the job as far as it is known.
 */
export async function advanceJob<K extends WorkKind>(
  job: JobOf<K>,
  runner: JobRunner<K>,
  untilMs: number,
): Promise<JobOf<K>> {
  if (!isRunning(job) || isHeld(job.leaseUntilMs, Date.now())) return job;
  const lease = { leaseUntilMs: Date.now() + LEASE_MS };
  if (!(await saveJob(job, lease))) return job;
  let current: JobOf<K> = { ...job, ...lease, version: job.version + 1 };
  const step = await withinLease(current, () => runner(current));
  let chunkMs = 0;
  while (isRunning(current) && Date.now() + chunkMs < untilMs) {
    const startedMs = Date.now();
    const next = await withinLease(current, () => runChunk(current, step));
    if (!next) return current;
    current = next;
    chunkMs = Date.now() - startedMs;
  }
  if (isRunning(current)) await saveJob(current, { leaseUntilMs: 0 });
  return current;
}

const saveJob = (job: object, changes: Parameters<typeof jobs.save>[1]): Promise<boolean> =>
  jobs.save(job as Job, changes);

/** No request outlives the lease: when somebody else takes the job over, nothing of this worker is still to come. */
const withinLease = <T>({ leaseUntilMs }: { leaseUntilMs: number }, work: () => Promise<T>): Promise<T> =>
  withDeadline(leaseUntilMs - REQUEST_TIMEOUT_MS, work);

async function runChunk<K extends WorkKind>(
  job: JobOf<K>,
  step: ChunkStep<K>,
): Promise<JobOf<K> | undefined> {
  await storeLastRefusals(job);
  return saveProgress(job, await step(job, Date.now()));
}

/** Counts and refusals of a chunk are one write, so that the list and the count cannot differ after a kill. */
async function saveProgress<K extends WorkKind>(
  job: JobOf<K>,
  outcome: ChunkOutcome,
): Promise<JobOf<K> | undefined> {
  const { refusals } = outcome;
  const status = outcome.failureCode ? 'failed' : outcome.finished ? 'finished' : 'running';
  const hasEnded = !isRunning({ status });
  const done = job.done + outcome.done;
  const refused = job.refused + refusals.length;
  const changes = {
    status,
    cursor: outcome.cursor,
    done,
    refused,
    total: totalOf(job.total, { status, worked: done + refused }),
    refusedByCode: addByCode(job.refusedByCode, refusals),
    // The last chunk of all often refuses nothing: then the refusals of the one before are stored already.
    lastRefusals: refusals.length > 0 ? { id: refusalsId(job), rows: refusals } : undefined,
    leaseUntilMs: Date.now() + LEASE_MS,
    ...(outcome.failureCode && { failureCode: outcome.failureCode }),
    ...(outcome.after && { after: outcome.after }),
    ...(hasEnded && { finishedAtMs: Date.now() }),
  } as const;
  if (!(await saveJob(job, changes))) return undefined;
  if (hasEnded) log('job_ended', { kind: job.kind, status, done: changes.done, refused: changes.refused });
  return { ...job, ...changes, version: job.version + 1 };
}

/** Makes room for the next chunk's. A repetition after a kill writes the same document, which then is there already. */
async function storeLastRefusals({ id, lastRefusals }: Pick<Job, 'id' | 'lastRefusals'>): Promise<void> {
  if (!lastRefusals) return;
  await jobRefusals.insert({ id: lastRefusals.id, version: 1, jobId: id, rows: lastRefusals.rows });
}

/** Named after the place in the job, in order. */
const refusalsId = (job: Pick<Job, 'id' | 'done' | 'refused'>): string =>
  `${job.id}-${String(job.done + job.refused).padStart(8, '0')}`;

function addByCode(counts: Job['refusedByCode'], refusals: readonly JobRefusal[]): Job['refusedByCode'] {
  const sums = { ...counts };
  for (const { code } of refusals) sums[code] = (sums[code] ?? 0) + 1;
  return sums;
}

export const toJobView = ({
  id,
  kind,
  status,
  total,
  done,
  refused,
  refusedByCode,
  ...job
}: WatchedJob): JobView => ({
  id,
  kind,
  status,
  total,
  done,
  refused,
  refusedByCode,
  startedAtMs: job.startedAtMs,
  ...(job.failureCode && { failureCode: job.failureCode }),
  ...(job.finishedAtMs !== undefined && { finishedAtMs: job.finishedAtMs }),
});
