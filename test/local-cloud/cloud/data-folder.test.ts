/** One process has a folder at a time, and nothing is removed that was not made by a local cloud. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Libsql from 'libsql';
import { DataFolder, FolderInUseError } from '../../../local/cloud/data-folder';
import { takeProcessLock } from '../../../local/cloud/process-lock';
import { StartError } from '../../../local/cloud/start-error';
import { builtFile } from '../database/local-database';

jest.setTimeout(60_000);

const STARTS_AT_ONCE = 5;

let parent: string;
let dir: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'local-folder-'));
  dir = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const hold = (): DataFolder => DataFolder.hold(dir);
const manifest = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dir, 'cloud.json'), 'utf8')) as Record<string, unknown>;

interface Started {
  readonly child: ChildProcess;
  /** What it printed, once it serves or has ended. */
  readonly output: { out: string; err: string };
}

/** Starts the command line on the folder. Resolves when it serves or has ended. */
async function start(): Promise<Started> {
  const functions = join(parent, 'functions');
  mkdirSync(functions, { recursive: true });
  const child = spawn(process.execPath, [builtFile('cloud.js'), '--functions', functions, '--data', dir]);
  const output = { out: '', err: '' };
  child.stderr.on('data', chunk => (output.err += String(chunk)));
  await new Promise<void>(resolve => {
    child.stdout.on('data', chunk => {
      output.out += String(chunk);
      if (output.out.includes('functions')) resolve();
    });
    child.once('close', () => resolve());
  });
  return { child, output };
}

const isServing = ({ child }: Started): boolean => child.exitCode === null && child.signalCode === null;

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

describe('of clouds that are started on one folder', () => {
  it('at the same instant exactly one serves, and the others say who has it', async () => {
    const all = await Promise.all(Array.from({ length: STARTS_AT_ONCE }, start));
    const [serving = [], refused = []] = [all.filter(isServing), all.filter(one => !isServing(one))];
    for (const { child } of serving) await end(child, 'SIGTERM');

    expect(serving).toHaveLength(1);
    for (const { child, output } of refused) {
      expect(child.exitCode).toBe(1);
      expect(output.err).toMatch(/^.*data is in use by .*: stop that one, or choose another folder\n$/);
    }
  });

  it('the second names the first, and serves once that is dead, however it died', async () => {
    const first = await start();
    const second = await start();
    await end(first.child, 'SIGKILL');
    const third = await start();
    const isThirdServing = isServing(third);
    await end(third.child, 'SIGTERM');

    expect(second.output.err).toContain(`process ${first.child.pid} on ${hostname()}`);
    expect(isThirdServing).toBe(true);
    expect(manifest()).not.toHaveProperty('holder');
  });

  it('none opens a database that a process without a parent still has open, and it names that process', async () => {
    const file = builtFile('database-process.js');
    hold().release();
    const orphan = spawn(process.execPath, [file, '--data', dir, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(orphan.stdout, 'data');
    writeFileSync(join(dir, 'cloud.json'), JSON.stringify({ made: [], databasePid: orphan.pid }));

    const args = [file, '--data', dir, '--port', '0', '--lock-wait-ms', '0'];
    const failure: unknown = await promisify(execFile)(process.execPath, args).catch(
      (error: unknown) => error,
    );
    const holding = () => DataFolder.hold(dir, 0);

    expect(holding).toThrow(
      `the database in ${dir} is still open in process ${orphan.pid}: end that one first`,
    );
    await end(orphan, 'SIGKILL');
    holding().release();
    expect(failure).toMatchObject({
      code: 1,
      stderr: `the database in ${dir} is still open in process ${orphan.pid}: end that one first\n`,
    });
  });
});

describe('a folder', () => {
  it('is held once within a process, too', () => {
    const folder = hold();

    expect(hold).toThrow(FolderInUseError);
    folder.release();
    hold().release();
  });

  it('is let go once: its next holder is not touched by who had it before', () => {
    const first = hold();
    first.release();
    const second = hold();
    first.release();

    expect(manifest()).toHaveProperty('holder.pid', process.pid);
    expect(hold).toThrow(FolderInUseError);
    second.release();
  });

  it('is not taken for held because somebody else has the number of a process that died', () => {
    mkdirSync(dir);
    const holder = { pid: process.ppid, host: hostname(), startedAt: '2026-01-01T00:00:00.000Z' };
    writeFileSync(join(dir, 'cloud.json'), JSON.stringify({ made: [], holder }));

    hold().release();
  });

  it('is not told to be held by whoever died with it', () => {
    hold().release();
    const lock = takeProcessLock(join(dir, 'cloud.lock'));
    const holder = { pid: 2 ** 22 + 1, host: hostname(), startedAt: '2026-01-01T00:00:00.000Z' };
    writeFileSync(join(dir, 'cloud.json'), JSON.stringify({ made: [], holder }));

    expect(hold).toThrow(`${dir} is in use by another process:`);
    lock?.release();
  });

  it('that cannot be made is named', () => {
    writeFileSync(dir, 'a file');

    expect(hold).toThrow(StartError);
    expect(hold).toThrow(`${dir} cannot be used: `);
  });

  it.each(['cloud.lock', 'cloud.json'])(
    'in which %s is something else is refused and left as it is',
    name => {
      mkdirSync(dir);
      const text = 'something else '.repeat(500);
      writeFileSync(join(dir, name), text);

      expect(hold).toThrow(StartError);
      expect(readFileSync(join(dir, name), 'utf8')).toBe(text);
    },
  );
});

describe('what is removed', () => {
  it('is what was claimed before it was made, and nothing beside it', () => {
    const folder = hold();
    folder.claim('database.db', 'storage');
    mkdirSync(join(dir, 'storage'));
    for (const name of ['database.db', 'storage/a', 'thesis.docx']) writeFileSync(join(dir, name), name);

    folder.clear();
    folder.release();

    expect(readdirSync(dir).sort()).toEqual(['cloud.json', 'cloud.lock', 'thesis.docx']);
  });

  it('is never what was there before', () => {
    mkdirSync(join(dir, 'storage'), { recursive: true });
    const folder = hold();

    expect(() => folder.claim('storage')).toThrow(
      `${join(dir, 'storage')} is there already and was not made by a local cloud: choose another folder`,
    );
    folder.clear();
    folder.release();

    expect(existsSync(join(dir, 'storage'))).toBe(true);
  });

  it('is never the database of another program', () => {
    mkdirSync(dir);
    const file = join(dir, 'database.db');
    const database = new Libsql(file);
    database.exec('CREATE TABLE photos(name TEXT)');
    database.close();

    expect(hold).toThrow(`${file} is no database of a local cloud: choose another folder`);
  });

  it('may be what an earlier version made, which kept no list', () => {
    mkdirSync(dir);
    const database = new Libsql(join(dir, 'database.db'));
    database.exec('CREATE TABLE _catalog(name TEXT)');
    database.close();
    writeFileSync(join(dir, 'secrets.json'), '{}');

    hold().release();
    const folder = hold();
    folder.claim('secrets.json');
    folder.clear();
    folder.release();

    expect(readdirSync(dir).sort()).toEqual(['cloud.json', 'cloud.lock']);
  });
});
