import Libsql from 'libsql';
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { takeProcessLock, type ProcessLock } from './process-lock';
import { causeOf, readSettings, StartError } from './start-error';

/** Whoever uses a folder now, or used it last. */
export interface FolderHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO date, by the machine's clock. */
  readonly startedAt: string;
}

/** Another process has the folder. */
export class FolderInUseError extends StartError {
  constructor(
    readonly dir: string,
    readonly holder: FolderHolder | undefined,
  ) {
    const who = holder
      ? `process ${holder.pid} on ${holder.host}, started ${holder.startedAt}`
      : 'another process';
    super(`${dir} is in use by ${who}: stop that one, or choose another folder`);
  }
}

/** Names in the folder itself: none leads out of it. */
export const OwnNames = v.array(v.pipe(v.string(), v.regex(/^(?!\.+$)[\w.-]+$/)));
const Manifest = v.object({
  made: OwnNames,
  adopted: v.exactOptional(v.boolean()),
  holder: v.exactOptional(v.object({ pid: v.number(), host: v.string(), startedAt: v.string() })),
  databasePid: v.exactOptional(v.number()),
});
type Manifest = v.InferOutput<typeof Manifest>;

const DATABASE_FILE = 'database.db';
const LOCK_FILE = 'cloud.lock';
const MANIFEST_FILE = 'cloud.json';
/** What the database's process and the clock make. */
export const CLOUD_FILES: readonly string[] = [
  DATABASE_FILE,
  `${DATABASE_FILE}-wal`,
  `${DATABASE_FILE}-shm`,
  'storage',
  'clock.json',
  'clock.json.tmp',
];
/** Held by the database's own process, which may outlive the one that started it. */
const DATABASE_LOCK_FILE = 'database.lock';
/** Never copied: they belong to the folder where they lie, and opening a lock's file would give the lock away. */
export const UNCOPIED_FILES: readonly string[] = [
  ...[LOCK_FILE, DATABASE_LOCK_FILE].flatMap(name => [name, `${name}-journal`]),
  MANIFEST_FILE,
];

/**
 * A folder of data that this process alone uses until it lets it go. `cloud.json` in it lists what was made here: nothing
 * else in the folder is ever written to or removed.
 */
export class DataFolder {
  #manifest: Manifest;
  #isReleased = false;

  private constructor(
    readonly dir: string,
    private readonly lock: ProcessLock,
    manifest: Manifest,
  ) {
    const holder = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() };
    this.#manifest = { ...manifest, holder };
    this.#save();
  }

  /**
   * Makes the folder when it is missing, and waits until the database of a holder that was killed has ended.
   * @throws FolderInUseError, and StartError when it cannot be used
   */
  static hold(dir: string, orphanEndsWithinMs = ORPHAN_ENDS_WITHIN_MS): DataFolder {
    const lock = takeLock(dir);
    if (!lock) throw new FolderInUseError(dir, findHolder(dir));
    try {
      if (existsSync(join(dir, DATABASE_LOCK_FILE))) lockDatabase(dir, orphanEndsWithinMs).release();
      return new DataFolder(dir, lock, readManifest(dir) ?? adopt(dir));
    } catch (error) {
      lock.release();
      throw error instanceof StartError ? error : new StartError(`${dir} cannot be used: ${causeOf(error)}`);
    }
  }

  /** Whether it holds data already. */
  get hasData(): boolean {
    return existsSync(join(this.dir, DATABASE_FILE));
  }

  pathOf(name: string): string {
    return join(this.dir, name);
  }

  /**
   * Lists files and folders as this cloud's own, before they are made.
   * @throws StartError when one is there that was not made here
   */
  claim(...names: readonly string[]): void {
    const added = names.filter(name => !this.#manifest.made.includes(name));
    if (added.length === 0) return;
    const foreign = added.find(name => existsSync(this.pathOf(name)));
    if (foreign !== undefined && !this.#manifest.adopted) {
      throw new StartError(
        `${this.pathOf(foreign)} is there already and was not made by a local cloud: choose another folder`,
      );
    }
    this.#manifest = { ...this.#manifest, made: [...this.#manifest.made, ...added] };
    this.#save();
  }

  /** Remembers which process has the database open, for whoever finds it alive after this one has died. */
  noteDatabase(databasePid: number): void {
    this.#manifest = { ...this.#manifest, databasePid };
    this.#save();
  }

  /** Removes all that was made here, what was listed first last; anything else in the folder stays. */
  clear(): void {
    for (const name of [...this.#manifest.made].reverse()) {
      rmSync(this.pathOf(name), { recursive: true, force: true });
    }
    this.#manifest = { ...this.#manifest, made: [] };
    this.#save();
  }

  /** What was made here, of which some may not exist. */
  get made(): readonly string[] {
    return this.#manifest.made;
  }

  /** Lets others have it; once more does nothing. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    const { holder: _, databasePid: __, ...rest } = this.#manifest;
    this.#manifest = rest;
    try {
      this.#save();
    } catch {
      // The folder may be gone by now. Who held it last is only told, never relied on.
    } finally {
      this.lock.release();
    }
  }

  #save(): void {
    const file = this.pathOf(MANIFEST_FILE);
    writeFileSync(`${file}.tmp`, `${JSON.stringify(this.#manifest, null, 2)}\n`);
    renameSync(`${file}.tmp`, file);
  }
}

/** How long an orphan may need to notice that it is one, and to end what it is doing. */
export const ORPHAN_ENDS_WITHIN_MS = 10_000;

/** Makes sure that no other process has the database of a folder open. @throws StartError that names the one that has */
export function lockDatabase(dir: string, waitMs = ORPHAN_ENDS_WITHIN_MS): ProcessLock {
  const lock = takeProcessLock(join(dir, DATABASE_LOCK_FILE), waitMs);
  if (lock) return lock;
  const pid = readManifest(dir)?.databasePid;
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  throw new StartError(`the database in ${dir} is still open in ${who}: end that one first`);
}

function takeLock(dir: string): ProcessLock | undefined {
  try {
    mkdirSync(dir, { recursive: true });
    // SQLite would only say that it cannot open its file.
    accessSync(dir, constants.W_OK);
    return takeProcessLock(join(dir, LOCK_FILE));
  } catch (error) {
    throw new StartError(`${dir} cannot be used: ${causeOf(error)}`);
  }
}

/** Undefined while the one that has just got the lock has not said who it is. */
function findHolder(dir: string): FolderHolder | undefined {
  const holder = readManifest(dir)?.holder;
  return holder && !(holder.host === hostname() && isGone(holder.pid)) ? holder : undefined;
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function readManifest(dir: string): Manifest | undefined {
  const file = join(dir, MANIFEST_FILE);
  return existsSync(file) ? readSettings(file, Manifest) : undefined;
}

/** A folder without a list: a new one, or one that an earlier version made, which is known by its database. */
function adopt(dir: string): Manifest {
  const file = join(dir, DATABASE_FILE);
  if (!existsSync(file)) return { made: [] };
  if (isOwnDatabase(file)) return { made: [DATABASE_FILE], adopted: true };
  throw new StartError(`${file} is no database of a local cloud: choose another folder`);
}

function isOwnDatabase(file: string): boolean {
  const database = new Libsql(file, { readonly: true });
  try {
    return database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_catalog'").get() !== undefined;
  } catch {
    return false;
  } finally {
    database.close();
  }
}
