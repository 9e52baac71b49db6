import { Worker } from 'node:worker_threads';
import { findStartedFile } from '../started-file';
import type {
  InstanceAnswer,
  InstanceCall,
  InstanceReport,
  InstanceSetup,
  LogLevel,
} from './instance-messages';
import type { InstanceMemory } from './instance-messages';

/** How a call ended: answered, or with the instance gone. */
export type InstanceOutcome =
  | InstanceAnswer
  | { readonly kind: 'timed_out' }
  | { readonly kind: 'crashed'; readonly reason: string; readonly memory?: InstanceMemory };

export interface InstanceOptions {
  readonly setup: InstanceSetup;
  /** The whole environment that the instance starts with; nothing of this process's environment reaches it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
}

/** Receives what an instance prints. */
export type PrintListener = (level: LogLevel, text: string) => void;

/** Loading a bundle may take longer than a call may, as on the platform; a bundle that never loads must end somewhere. */
const LOAD_LIMIT_MS = 30_000;

/** One warm instance: a thread with its own module state, its own copy of process.env, one call at a time. */
export class Instance {
  readonly #worker: Worker;
  readonly #loaded: Promise<string | undefined>;
  #alive = true;
  #settle: (outcome: InstanceOutcome) => void = () => {};
  #print: PrintListener = () => {};
  #noteLoaded: (failure: string | undefined) => void = () => {};

  constructor(options: InstanceOptions) {
    this.#worker = new Worker(findStartedFile('instance-worker.js'), {
      workerData: options.setup,
      env: options.environment,
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
      stdout: true,
      stderr: true,
    });
    this.#worker.stdout.on('data', (text: Buffer) => this.#print('info', text.toString().trimEnd()));
    this.#worker.stderr.on('data', (text: Buffer) => this.#print('error', text.toString().trimEnd()));
    this.#worker.on('error', (error: Error & { code?: string }) =>
      this.#end({ kind: 'crashed', reason: reasonOf(error) }),
    );
    this.#worker.on('exit', code =>
      this.#end({ kind: 'crashed', reason: `the instance exited with code ${code}` }),
    );
    this.#loaded = new Promise(resolve => (this.#noteLoaded = resolve));
    this.#listen();
  }

  /** False once the thread has ended or is being ended; such an instance takes no further call. */
  get isAlive(): boolean {
    return this.#alive;
  }

  /** Waits until the bundle has loaded. @returns why it has not, when it has not */
  async load(): Promise<string | undefined> {
    const timer = setTimeout(
      () => this.#end({ kind: 'crashed', reason: 'the bundle did not load in time' }),
      LOAD_LIMIT_MS,
    );
    const failure = await this.#loaded;
    clearTimeout(timer);
    return failure;
  }

  /**
   * Runs one call. Never rejects; an instance that overruns its time or memory is killed. The duration is the call's own,
   * without the time that a fresh instance needed to load.
   */
  async call(
    call: InstanceCall,
    limits: { timeoutMs: number; print: PrintListener },
  ): Promise<{ outcome: InstanceOutcome; durationMs: number }> {
    this.#print = limits.print;
    const ended = new Promise<InstanceOutcome>(resolve => (this.#settle = resolve));
    await this.load();
    const startedMs = performance.now();
    const timer = setTimeout(() => this.#end({ kind: 'timed_out' }), limits.timeoutMs);
    if (this.#alive) this.#worker.postMessage(call);
    const outcome = await ended;
    clearTimeout(timer);
    return { outcome, durationMs: performance.now() - startedMs };
  }

  /** Ends the thread; a call in progress is answered as crashed. */
  async stop(): Promise<void> {
    this.#end({ kind: 'crashed', reason: 'the instance was stopped' });
    await this.#worker.terminate();
  }

  #listen(): void {
    this.#worker.on('message', (report: InstanceReport) => {
      switch (report.kind) {
        case 'ready':
          return this.#noteLoaded(report.failure);
        case 'log':
          return this.#print(report.level, report.text);
        case 'memory_exceeded':
          return this.#end({ kind: 'crashed', reason: 'memory limit exceeded', memory: report.memory });
        case 'answer':
          return this.#settle(report);
        default:
          return report satisfies never;
      }
    });
  }

  #end(outcome: InstanceOutcome): void {
    if (outcome.kind === 'crashed') this.#noteLoaded(outcome.reason);
    this.#settle(outcome);
    if (!this.#alive) return;
    this.#alive = false;
    void this.#worker.terminate();
  }
}

function reasonOf(error: Error & { code?: string }): string {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'memory limit exceeded'
    : `${error.name}: ${error.message}`;
}
