import { createWriteStream, mkdirSync, openSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { causeOf, StartError } from '../start-error';
import type { LogLevel } from './instance-messages';
import type { PlatformFailure } from './platform-error';

/** One print of a function. */
export interface LogLine {
  /** Wall-clock time, not shifted. */
  readonly atMs: number;
  readonly level: LogLevel;
  readonly text: string;
}

/** What one call did and printed. */
export interface CallLog {
  readonly functionName: string;
  readonly requestId: string;
  readonly startedAtMs: number;
  readonly lines: LogLine[];
  /** Prints that were dropped because the call printed too much. */
  droppedLines: number;
  outcome: 'running' | 'ok' | PlatformFailure;
  /** Why the call failed, with the stack when the function threw. */
  failure?: string;
  durationMs?: number;
  databaseRequests?: number;
  databaseTrips?: number;
}

const CALLS_KEPT_PER_FUNCTION = 500;
const LINES_KEPT_PER_CALL = 200;

/** Keeps the latest calls of each function, and appends every finished call as a line of JSON to a file. */
export class CallLogBook {
  readonly #calls = new Map<string, CallLog[]>();
  readonly #file: WriteStream | undefined;

  /** @throws StartError when the file cannot be written */
  constructor(
    logFile: string | undefined,
    private readonly onFinished: (call: CallLog) => void = () => {},
  ) {
    this.#file = logFile ? openLog(logFile) : undefined;
  }

  /** Opens the log of a call; the caller fills it and closes it with {@link finish}. */
  start(functionName: string, requestId: string): CallLog {
    const call: CallLog = {
      functionName,
      requestId,
      startedAtMs: Date.now(),
      lines: [],
      droppedLines: 0,
      outcome: 'running',
    };
    const calls = this.#calls.get(functionName) ?? [];
    this.#calls.set(functionName, calls);
    calls.push(call);
    if (calls.length > CALLS_KEPT_PER_FUNCTION) calls.shift();
    return call;
  }

  print(call: CallLog, level: LogLevel, text: string): void {
    if (call.lines.length < LINES_KEPT_PER_CALL) call.lines.push({ atMs: Date.now(), level, text });
    else call.droppedLines++;
  }

  finish(
    call: CallLog,
    end: Pick<CallLog, 'outcome' | 'durationMs' | 'databaseRequests' | 'databaseTrips' | 'failure'>,
  ): void {
    Object.assign(call, end);
    if (this.#file?.writable) this.#file.write(`${JSON.stringify(call)}\n`);
    this.onFinished(call);
  }

  /** The latest calls of a function, oldest first. */
  latest(functionName: string, count: number): CallLog[] {
    return count > 0 ? (this.#calls.get(functionName) ?? []).slice(-count) : [];
  }

  /** Resolves once the file holds everything. */
  async close(): Promise<void> {
    const file = this.#file;
    if (file?.writable) await new Promise<void>(resolve => void file.end(resolve));
  }
}

/** A log that cannot be written on, since the disk is full, ends no call; it says so. */
function openLog(file: string): WriteStream {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const stream = createWriteStream(file, { fd: openSync(file, 'a') });
    return stream.on('error', error => console.error(`${file} is not written any more: ${causeOf(error)}`));
  } catch (error) {
    throw new StartError(`${file} cannot be written: ${causeOf(error)}`);
  }
}
