/** Worker threads for aggregations and long scans, so that they do not hold up other requests. */
import { Worker } from 'node:worker_threads';
import { AdminError } from './admin-protocol';
import type { Document } from './document-values';
import type { FindRequest } from './reader';
import type { ScanReport } from './scan-audit';

export type ReadJob =
  | {
      readonly kind: 'aggregate';
      readonly collection: string;
      readonly stages: readonly Document[];
      readonly limit: number;
    }
  | { readonly kind: 'find'; readonly collection: string; readonly request: FindRequest }
  | { readonly kind: 'findIds'; readonly collection: string; readonly request: FindRequest }
  | { readonly kind: 'count'; readonly collection: string; readonly query: Document };

export interface ReadAnswers {
  /** EJSON texts. */
  aggregate: string[];
  /** EJSON texts. */
  find: string[];
  findIds: (string | number)[];
  count: number;
}

/** Sent by the worker after each job. */
export interface WorkerAnswer {
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  readonly scans: readonly ScanReport[];
}

interface PendingJob {
  readonly job: ReadJob;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  worker: Worker | null;
  pending: PendingJob | null;
}

export interface AggregatePoolOptions {
  /** The bundled worker program. */
  readonly program: string;
  /** The database file. */
  readonly file: string;
  readonly workers: number;
  readonly onUnindexedScan: (report: ScanReport) => void;
}

/** One job per worker at a time, the others wait in line. A worker that dies fails its job and is replaced. */
export class AggregatePool {
  readonly #options: AggregatePoolOptions;
  readonly #slots: Slot[];
  readonly #queue: PendingJob[] = [];
  #isClosed = false;

  constructor(options: AggregatePoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.workers }, () => ({ worker: null, pending: null }));
    const [first] = this.#slots;
    // started early: the first aggregation should not pay for the start of a thread
    if (first) this.#startWorker(first);
  }

  run<Kind extends ReadJob['kind']>(job: Extract<ReadJob, { kind: Kind }>): Promise<ReadAnswers[Kind]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#assignJobs();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#slots.map(({ worker }) => worker?.terminate()));
  }

  #assignJobs(): void {
    for (const slot of this.#slots) {
      if (slot.pending) continue;
      const next = this.#queue.shift();
      if (!next) return;
      slot.pending = next;
      const worker = slot.worker ?? this.#startWorker(slot);
      worker.ref();
      worker.postMessage(next.job);
    }
  }

  #startWorker(slot: Slot): Worker {
    const worker = new Worker(this.#options.program, { workerData: { file: this.#options.file } });
    slot.worker = worker;
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => this.#finish(slot, answer));
    worker.on('error', error => this.#fail(slot, worker, error));
    worker.on('exit', () => this.#fail(slot, worker, new Error('the aggregation thread stopped')));
    return worker;
  }

  #finish(slot: Slot, { result, error, scans }: WorkerAnswer): void {
    const pending = this.#release(slot);
    scans.forEach(this.#options.onUnindexedScan);
    if (error) pending?.reject(new AdminError(error.code, error.message));
    else pending?.resolve(result as never);
    this.#assignJobs();
  }

  #fail(slot: Slot, worker: Worker, error: Error): void {
    if (slot.worker !== worker) return;
    slot.worker = null;
    this.#release(slot)?.reject(new AdminError('SYS_ERR', error.message));
    if (!this.#isClosed) this.#assignJobs();
  }

  #release(slot: Slot): PendingJob | null {
    const { pending } = slot;
    slot.pending = null;
    slot.worker?.unref();
    return pending;
  }
}
