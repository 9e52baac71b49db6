import { cpSync, existsSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import * as v from 'valibot';
import { UNCOPIED_FILES } from '../cloud/data-folder';
import { readSettings } from '../cloud/start-error';
import { databaseOf } from '../loop/recount';
import { projectRoot } from '../stage/project-root';
import { runTimer } from '../stage/run-timer';
import type { Stage } from '../stage/stage';
import type { Progress } from './waiting-room';

interface MigrationJob {
  /** What the migration changes, in Chinese. */
  changes: string;
  status: 'running' | 'finished' | 'failed';
  done: number;
  total: number;
}

const ROUNDS_MAX = 10_000;

const readNames = (path: string): string[] => readSettings(path, v.array(v.string()));

/** In the order in which they run, as the build has listed them. */
const migrations = (): string[] => readNames(join(projectRoot(), 'dist/migrations.json'));

/** Names what has been carried over: whether to copy must be known before the database opens. */
export const MIGRATED_NOTE = 'migrated';
const noteOf = (dataDir: string): string => join(dataDir, MIGRATED_NOTE);

const migratedIn = (dataDir: string): string[] =>
  existsSync(noteOf(dataDir)) ? readNames(noteOf(dataDir)) : [];

const pendingIn = (dataDir: string): string[] => {
  const done = migratedIn(dataDir);
  return migrations().filter(name => !done.includes(name));
};

/** Copies the data of an older version before anything of it is changed. To be called before the database opens. */
export function copyOlderData(dataDir: string, tell: (text: string) => void): void {
  const [first] = pendingIn(dataDir);
  if (!first || !existsSync(join(dataDir, 'database.db'))) return;
  const copy = `${dataDir}-before-${first}`;
  if (existsSync(copy)) return;
  tell(`数据来自旧版本，先备份到 ${basename(copy)}。`);
  // A copy that is cut off keeps another name, so that none is taken for whole.
  const unfinished = mkdtempSync(`${copy}.unfinished-`);
  const isData = (source: string) => !UNCOPIED_FILES.includes(relative(dataDir, source));
  cpSync(dataDir, unfinished, { recursive: true, filter: isData });
  renameSync(unfinished, copy);
}

/** Runs the migrations that the data still needs, and tells how far they are. @throws Error when one of them fails. */
export async function carryOver(
  stage: Stage,
  dataDir: string,
  { tell, show }: { tell: (text: string) => void; show: Progress },
): Promise<void> {
  for (const name of pendingIn(dataDir)) {
    const job = await runToEnd(stage, name, show);
    if (job.done > 0) tell(`数据已升级：${job.changes}（${job.done} 条）`);
    writeFileSync(noteOf(dataDir), JSON.stringify([...migratedIn(dataDir), name]));
  }
}

async function runToEnd(stage: Stage, name: string, show: Progress): Promise<MigrationJob> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const job = await findJob(stage, name);
    if (job?.status === 'finished') return job;
    if (job?.status === 'failed') throw new Error(`数据升级 ${name} 没有完成`);
    show(`正在升级数据：${job?.changes ?? name}`, job && job.total > 0 ? job.done / job.total : 0);
    await runTimer(stage);
  }
  throw new Error(`数据升级 ${name} 没有结束`);
}

async function findJob(stage: Stage, name: string): Promise<MigrationJob | undefined> {
  const { data } = await databaseOf(stage)
    .collection('jobs')
    .where({ _id: `migrate-${name}` })
    .get();
  return (data as MigrationJob[])[0];
}
