import type { MigrationCounts } from '../shared/domain/job';

/** What one chunk of a migration did. */
export interface MigratedChunk {
  cursor: string;
  /** Documents that were looked at. */
  done: number;
  finished: boolean;
}

/**
 * Carries the data of an older version over to this one. It runs as a job of the timer while the functions of this version
 * already work, so these understand both forms; it is never changed once it has been released.
 */
export interface Migration {
  /** Of the file: `0001-what-it-is-about`. They run in this order, each once. */
  name: string;
  /** What it changes, as a sentence for whoever runs the system. */
  changes: string;
  /** Counted before the first chunk and after the last. */
  count(): Promise<MigrationCounts>;
  /** Works on the documents after the cursor ('' at first). To do so again after a kill is harmless. */
  step(cursor: string): Promise<MigratedChunk>;
}
