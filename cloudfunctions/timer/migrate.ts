import type { JobId } from '../../miniprogram/contract/ids';
import { MIGRATIONS } from '../migrations/all';
import type { Migration } from '../migrations/migration';
import { isRunning } from '../shared/domain/job';
import { startJob, type JobRunner } from '../shared/jobs/job-runner';
import { log } from '../shared/runtime/log';
import { jobs } from '../shared/store/jobs';

const jobIdOf = ({ name }: Migration): JobId => `migrate-${name}` as JobId;

/** Once all have run, this instance need not ask again: a later migration comes with a later version. */
let isAllDone = false;

/** Starts the first migration that has not run yet, once those before it have ended. @returns how many are left. */
export async function startNextMigration(): Promise<number> {
  if (isAllDone) return 0;
  const begun = new Map((await jobs.findMany(MIGRATIONS.map(jobIdOf))).map(job => [job.id, job]));
  const left = MIGRATIONS.filter(migration => {
    const job = begun.get(jobIdOf(migration));
    return !job || isRunning(job);
  });
  const [next] = left;
  isAllDone = next === undefined;
  if (next && !begun.has(jobIdOf(next))) await start(next);
  return left.length;
}

async function start(migration: Migration): Promise<void> {
  const before = await migration.count();
  await startJob({
    id: jobIdOf(migration),
    kind: 'migrate',
    migration: migration.name,
    changes: migration.changes,
    before,
    startedBy: { role: 'system' },
    startedAtMs: Date.now(),
    total: before.left,
  });
}

/** Carries older data over, chunk by chunk; counts again at the end. */
export const runMigration: JobRunner<'migrate'> = async ({ migration: name }) => {
  const migration = MIGRATIONS.find(candidate => candidate.name === name);
  if (!migration) throw new Error(`no migration ${name}`);
  return async ({ before, cursor }) => {
    const chunk = { ...(await migration.step(cursor)), refusals: [] };
    if (!chunk.finished) return chunk;
    const after = await migration.count();
    log('migrated', { migration: name, leftBefore: before.left, leftAfter: after.left });
    return { ...chunk, after };
  };
};
