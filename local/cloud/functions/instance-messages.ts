import type { DatabaseUse } from './database-request-counter';

/** The levels under which a function can print. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What an instance is started with. */
export interface InstanceSetup {
  /** Folder that holds index.js. */
  readonly functionDir: string;
  /** The text of index.js. */
  readonly bundle: string;
  /** Host and port of the database server, whose requests are counted. */
  readonly databaseHost: string;
  /** Bytes of heap and buffers above which the instance is killed. */
  readonly memoryLimitBytes: number;
  /** Shift of the clock while the bundle loads; each call brings its own. */
  readonly clockOffsetMs: number;
}

/** One call, as sent to an instance. Event and context travel as text, as on the platform, so nothing is shared. */
export interface InstanceCall {
  readonly event: string;
  readonly context: string;
  /** Variables of this call; they are set in process.env and stay there, as on a warm instance. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clockOffsetMs: number;
}

/** Memory of one instance's thread, as `process.memoryUsage()` reports it there. */
export interface InstanceMemory {
  readonly heapUsedBytes: number;
  readonly heapTotalBytes: number;
  /** Buffers and other memory outside the heap. */
  readonly externalBytes: number;
  /** Resident set of the whole process, which all instances share. */
  readonly processRssBytes: number;
}

/** The end of a call: JSON text (undefined when the function returned nothing) or the error that it threw. */
export interface InstanceAnswer extends DatabaseUse {
  readonly kind: 'answer';
  readonly result?: string;
  readonly error?: { readonly message: string; readonly stack: string };
  readonly memory: InstanceMemory;
}

/** Everything that an instance reports. */
export type InstanceReport =
  | { readonly kind: 'ready'; readonly failure?: string }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly text: string }
  | { readonly kind: 'memory_exceeded'; readonly memory: InstanceMemory }
  | InstanceAnswer;
