import tcb from '@cloudbase/node-sdk';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT_ID } from '../cloud/environment-id';
import { findStartedFile } from '../cloud/started-file';
import type { Drill } from './drill';

/** Written by each host before it is shot, or stopped. */
const WRITES_A_HOST = 400;
const WRITERS = 8;
const STARTS_AT_ONCE = 3;
const COLLECTION = 'drill';
const COUNTER = 'counter';

/**
 * Several clouds are started on one folder at the same instant, and a later one while the first is written to. One serves,
 * the others refuse. Then the one that serves is killed in the middle of writing, and another takes over: every answered
 * write is there, once.
 */
export const twoHosts: Drill = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voucher-drill-'));
  const ground = new Ground(dir);
  try {
    return await play(ground);
  } finally {
    await ground.endAll();
    rmSync(dir, { recursive: true, force: true });
  }
};

async function play(ground: Ground) {
  const starts = await Promise.all(Array.from({ length: STARTS_AT_ONCE }, () => ground.start()));
  const [first] = starts.filter(({ isServing }) => isServing());
  const winners = starts.filter(({ isServing }) => isServing()).length;
  if (!first) return { name: 'two-hosts', ok: false, winners };
  const ledger = new Ledger();
  await ledger.prepare(first);
  const underWay = ledger.write(first, 'first', () => ledger.answered >= WRITES_A_HOST);
  const late = await ground.start();
  await ledger.until(WRITES_A_HOST / 2);
  await first.end('SIGKILL');
  const second = await ground.start();
  await underWay;
  const tookOver = second.isServing();
  const answeredByFirst = ledger.answered;
  await ledger.write(second, 'second', () => ledger.answered >= answeredByFirst + WRITES_A_HOST);
  const found = await ledger.compare(second);
  const refused = !late.isServing() && late.output.includes(`process ${first.pid}`);
  const isComplete = found.lost === 0 && found.doubled === 0 && found.counter === found.stored;
  const ok = winners === 1 && refused && tookOver && isComplete;
  return { name: 'two-hosts', ok, winners, refused, tookOver, answeredByFirst, ...found };
}

/** The folder that all of them want, and what each is started with. */
class Ground {
  readonly #args: readonly string[];
  readonly #secretKey = randomBytes(16).toString('hex');
  readonly #hosts: Host[] = [];

  constructor(dir: string) {
    const [functions, collections] = [join(dir, 'functions'), join(dir, 'collections.json')];
    mkdirSync(functions);
    writeFileSync(collections, JSON.stringify([{ name: COLLECTION, indexes: [] }]));
    const files = ['--functions', functions, '--collections', collections, '--data', join(dir, 'data')];
    this.#args = [findStartedFile('cloud.js'), ...files];
  }

  /** Resolves when it serves or has ended. */
  async start(): Promise<Host> {
    const env = { ...process.env, LOCAL_CLOUD_SECRET_KEY: this.#secretKey };
    const child = spawn(process.execPath, this.#args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    const host = new Host(child, this.#secretKey);
    this.#hosts.push(host);
    await host.settled;
    return host;
  }

  /** Those that should not be serving, too. */
  async endAll(): Promise<void> {
    const serving = this.#hosts.filter(({ isServing }) => isServing());
    await Promise.all(serving.map(host => host.end('SIGTERM')));
  }
}

/** One cloud in a process of its own. */
class Host {
  output = '';
  /** From when it is shot or stopped: what it does not answer any more is no failure. */
  isEnding = false;
  readonly settled: Promise<void>;

  constructor(
    private readonly child: ChildProcess,
    private readonly secretKey: string,
  ) {
    this.settled = new Promise(resolve => {
      const note = (chunk: Buffer): void => {
        this.output += chunk.toString();
        if (/^functions/m.test(this.output)) resolve();
      };
      child.stdout?.on('data', note);
      child.stderr?.on('data', note);
      child.once('close', () => resolve());
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  readonly isServing = (): boolean => this.child.exitCode === null && this.child.signalCode === null;

  database() {
    // Outside a cloud function the SDK would ask the cloud's metadata service who it is.
    process.env['TENCENTCLOUD'] = 'true';
    // It would warn of slow requests that were cut off.
    process.env['SILENCE'] = 'true';
    const serviceUrl = /^database +(\S+)/m.exec(this.output)?.[1] ?? '';
    return tcb
      .init({ env: ENVIRONMENT_ID, secretId: 'local', secretKey: this.secretKey, serviceUrl })
      .database();
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const ended = once(this.child, 'exit');
    this.isEnding = true;
    this.child.kill(signal);
    await ended;
  }
}

/** What was written and answered: a counter that is raised with each name that is noted beside it. */
class Ledger {
  readonly #names: string[] = [];
  #waiting: { count: number; resolve: () => void } | undefined;

  get answered(): number {
    return this.#names.length;
  }

  async prepare(host: Host): Promise<void> {
    await host.database().collection(COLLECTION).add({ _id: COUNTER, count: 0, names: [] });
  }

  /** Resolves once so many writes are answered. */
  until(count: number): Promise<void> {
    if (this.answered >= count) return Promise.resolve();
    return new Promise(resolve => (this.#waiting = { count, resolve }));
  }

  /** Writes until it is done, or until the host is gone. */
  async write(host: Host, name: string, isDone: () => boolean): Promise<void> {
    const db = host.database();
    const counter = db.collection(COLLECTION).doc(COUNTER);
    let next = 0;
    const writeOn = async (): Promise<void> => {
      while (!isDone()) {
        const noted = `${name}-${next++}`;
        await counter.update({ count: db.command.inc(1), names: db.command.push([noted]) });
        this.#note(noted);
      }
    };
    const writers = Array.from({ length: WRITERS }, () =>
      writeOn().catch((error: unknown) => {
        if (!host.isEnding) throw error;
      }),
    );
    await Promise.all(writers);
  }

  #note(name: string): void {
    this.#names.push(name);
    if (this.#waiting && this.answered >= this.#waiting.count) this.#waiting.resolve();
  }

  async compare(host: Host) {
    const { data } = await host.database().collection(COLLECTION).doc(COUNTER).get();
    const [{ count, names }] = data as [{ count: number; names: string[] }];
    const stored = new Set(names);
    return {
      answered: this.answered,
      stored: names.length,
      counter: count,
      lost: this.#names.filter(name => !stored.has(name)).length,
      doubled: names.length - stored.size,
    };
  }
}
