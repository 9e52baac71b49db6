import Libsql from 'libsql';
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { CLOUD_FILES, DataFolder, OwnNames } from './data-folder';
import { readSettings, StartError } from './start-error';

const EXPORT_FILE = 'export.json';
const DATABASE_FILE = 'database.db';
/** What of a database that is closed in order holds nothing. */
const EMPTIED: readonly string[] = [`${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`];
const UNFINISHED_DATABASE = `${DATABASE_FILE}.unfinished`;
const Export = v.object({ format: v.literal(1), exportedAt: v.string(), names: OwnNames });

/**
 * Copies all that was made in a data folder, what the application keeps there included, into a new folder.
 * @throws StartError when somebody uses the data, there is none, or the target holds something
 */
export function exportData(dataDir: string, to: string): void {
  if (existsSync(to) && readdirSync(to).length > 0) {
    throw new StartError(`${to} is not empty: export into a new folder`);
  }
  onData(dataDir, folder => {
    closeInOrder(folder.pathOf(DATABASE_FILE));
    const names = folder.made.filter(name => !EMPTIED.includes(name) && existsSync(folder.pathOf(name)));
    // An export that is cut off keeps another name, so that none is taken for whole.
    const unfinished = mkdtempSync(`${resolve(to)}.unfinished-`);
    for (const name of names) cpSync(folder.pathOf(name), join(unfinished, name), { recursive: true });
    const note: v.InferOutput<typeof Export> = { format: 1, exportedAt: new Date().toISOString(), names };
    writeFileSync(join(unfinished, EXPORT_FILE), `${JSON.stringify(note, null, 2)}\n`);
    if (existsSync(to)) rmdirSync(to);
    renameSync(unfinished, to);
  });
}

/** Puts an export into a folder without data. @throws StartError */
export function importData(dataDir: string, from: string): void {
  const { names } = readSettings(join(from, EXPORT_FILE), Export);
  const folder = DataFolder.hold(dataDir);
  try {
    if (folder.hasData) {
      throw new StartError(`${dataDir} holds data already: reset it first, or choose another folder`);
    }
    // What an import left behind that was cut off.
    folder.clear();
    folder.claim(...CLOUD_FILES, ...names, UNFINISHED_DATABASE);
    const copy = (name: string, as = name) =>
      cpSync(join(from, name), folder.pathOf(as), { recursive: true });
    for (const name of names) if (name !== DATABASE_FILE) copy(name);
    // The database last and in one step: it is what tells that there is data.
    copy(DATABASE_FILE, UNFINISHED_DATABASE);
    renameSync(folder.pathOf(UNFINISHED_DATABASE), folder.pathOf(DATABASE_FILE));
  } finally {
    folder.release();
  }
}

/** Removes all that was made in a data folder; anything else in it stays. @throws StartError */
export function resetData(dataDir: string): void {
  onData(dataDir, folder => folder.clear());
}

function onData(dataDir: string, work: (folder: DataFolder) => void): void {
  if (!existsSync(join(dataDir, DATABASE_FILE))) {
    throw new StartError(`${dataDir} holds no data of a local cloud`);
  }
  const folder = DataFolder.hold(dataDir);
  try {
    folder.claim(...CLOUD_FILES);
    work(folder);
  } finally {
    folder.release();
  }
}

/** Brings what a killed process left in the log of writes into the file itself. */
function closeInOrder(file: string): void {
  const database = new Libsql(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
