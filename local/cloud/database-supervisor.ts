import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { StartError } from './start-error';
import { findStartedFile } from './started-file';

export interface DatabaseSupervisorOptions {
  readonly dataDir: string;
  /** 0 picks a free port at the first start; every later start uses the same one. */
  readonly port: number;
  readonly synchronous: 'NORMAL' | 'FULL';
  /** Variables that tell the process where the front is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether an unexpected end is followed by a new start. */
  readonly restartsOnExit: boolean;
  /** Called after every start, before the supervisor counts as started. */
  readonly onStarted: (adminUrl: string, pid: number) => Promise<void>;
}

const STOP_WITHIN_MS = 5_000;
const START_WITHIN_MS = 20_000;
const RESTART_PAUSE_MS = 100;
/** A database that dies this often in a row, without having served for a while, is broken; restarting would hide it. */
const FAILED_STARTS_MAX = 5;

/** Runs the database in a process of its own, so that it can be killed and started again like a machine. */
export class DatabaseSupervisor {
  #child: ChildProcess | undefined;
  #port: number;
  #isStopping = false;
  #starting: Promise<void> | undefined;

  constructor(private readonly options: DatabaseSupervisorOptions) {
    this.#port = options.port;
  }

  /** Known after the first start. */
  get adminUrl(): string {
    return `http://127.0.0.1:${this.#port}/admin`;
  }

  /** Starts the process, or waits for a start that is under way. Rejects with a StartError that says why it ended. */
  async start(): Promise<void> {
    this.#isStopping = false;
    await this.#startOnce();
  }

  /** SIGKILL: what was not acknowledged may be lost, nothing else. Resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts the process anew, killing it first when it runs. */
  async restart(): Promise<void> {
    this.#isStopping = true;
    await this.#starting?.catch(() => {});
    await this.kill();
    await this.start();
  }

  /** Ends the process in good order; it is not started again by itself. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#starting?.catch(() => {});
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.#end('SIGTERM');
    clearTimeout(timer);
  }

  async #startOnce(): Promise<void> {
    if (!this.#starting && isRunning(this.#child)) return;
    this.#starting ??= this.#launch().finally(() => (this.#starting = undefined));
    await this.#starting;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!isRunning(child)) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async #launch(): Promise<void> {
    const { dataDir, synchronous, environment } = this.options;
    const args = ['--data', dataDir, '--port', String(this.#port), '--synchronous', synchronous];
    const child = spawn(process.execPath, [findStartedFile('database-process.js'), ...args], {
      // The channel lets the process notice that this one died, so that it never outlives it.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A group of its own: an interrupt from the terminal is for the supervisor, which then ends the database in order.
      detached: true,
      env: { ...process.env, ...environment },
    });
    this.#child = child;
    this.#port = await readListeningPort(child);
    await this.options.onStarted(this.adminUrl, child.pid ?? 0);
    child.once('exit', () => this.#onExit());
  }

  #onExit(): void {
    if (!this.#isStopping && this.options.restartsOnExit) void this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    for (let attempt = 1; attempt <= FAILED_STARTS_MAX && !this.#isStopping; attempt++) {
      await new Promise(resolve => setTimeout(resolve, RESTART_PAUSE_MS * attempt));
      if (this.#isStopping) return;
      try {
        return await this.#startOnce();
      } catch (error) {
        console.error('the database did not start again', error);
      }
    }
  }
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

/** What the process tells the one that started it. */
export type DatabaseReport = { readonly listening: number } | { readonly failed: string };

/** Waits until the process listens. @throws StartError with what it said when it ended instead */
async function readListeningPort(child: ChildProcess): Promise<number> {
  const timer = setTimeout(() => child.kill('SIGKILL'), START_WITHIN_MS);
  try {
    const report = await new Promise<DatabaseReport>(resolve => {
      child.once('message', message => resolve(message as DatabaseReport));
      child.once('exit', () => resolve({ failed: 'the database process ended before it listened' }));
    });
    if ('failed' in report) throw new StartError(report.failed);
    return report.listening;
  } finally {
    clearTimeout(timer);
  }
}
