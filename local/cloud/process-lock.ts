import Libsql from 'libsql';

export interface ProcessLock {
  release(): void;
}

/**
 * Takes a lock that one process can have at a time, or answers undefined when another one has it. SQLite takes it from the
 * operating system, which ends it with the process, however that ends: no lock is left behind by a dead owner, no number of
 * a process is mistaken for another's, and of any number that ask at the same instant one gets it. Containers that share
 * the folder see it; so do machines, where their file system shares locks.
 *
 * Nothing else in this process may open the file: closing it would give the lock away.
 * @param file made when missing; it stays, empty
 * @param waitMs how long to wait for another owner to end, without a turn of the event loop
 * @throws SqliteError when the file cannot be made or is something else
 */
export function takeProcessLock(file: string, waitMs = 0): ProcessLock | undefined {
  const database = new Libsql(file, { timeout: waitMs });
  try {
    // Not EXCLUSIVE: that one is reached by way of a shared lock, on which two that start at once can both fail.
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    database.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return {
    release: () => {
      if (!database.open) return;
      database.exec('ROLLBACK');
      database.close();
    },
  };
}
