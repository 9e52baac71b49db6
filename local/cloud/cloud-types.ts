import type { Credentials } from './credentials';
import type { DataFolder } from './data-folder';
import type { CollectionDefinition, Faults } from './database/admin-protocol';
import type { CallLog } from './functions/call-log';
import type { FunctionConfig } from './functions/function-config';
import type { FunctionAnswer, PeakMemory } from './functions/function-host';
import type { Gate, Route } from './http-exchange';

export interface CloudOptions {
  /** Everything that the cloud keeps: database, files, clock. */
  readonly dataDir: string;
  /** The same folder, when the caller holds it already; it then lets it go, too. */
  readonly folder?: DataFolder;
  /** Folder with one folder per function, each with a bundled index.js. */
  readonly functionsRoot: string;
  /** A cloudbaserc.json, for the functions' time limits, memory and variables, and their paths of HTTP access. */
  readonly configFile?: string;
  /** Collections and indexes to have; those that exist already are brought up to date. */
  readonly collections?: readonly CollectionDefinition[];
  /** Port of the front; 0, the default, picks a free one. */
  readonly port?: number;
  /** Port of the database server; 0, the default, picks a free one. */
  readonly databasePort?: number;
  /** Milliseconds that every database request waits, as on a long way; 0, the default, none. */
  readonly databaseDelayMs?: number;
  /** Values for the `{{env.NAME}}` placeholders of cloudbaserc.json, before those of process.env. */
  readonly envVariables?: Readonly<Record<string, string>>;
  /** What the SDK must sign with; functions have it. Made anew for every start unless told. */
  readonly credentials?: Credentials;
  /** Origins whose pages may read what functions answer at their paths of HTTP access (安全域名); none by default. */
  readonly webOrigins?: readonly string[];
  readonly instancesPerFunction?: number;
  /** `cron`, the default, fires timers by the clock; `manual` only by {@link Cloud.fireTimer}. */
  readonly timers?: 'cron' | 'manual';
  /** SQLite's setting: NORMAL survives a killed process, FULL also a power cut. */
  readonly synchronous?: 'NORMAL' | 'FULL';
  /** Every finished call is appended here as a line of JSON. */
  readonly logFile?: string;
  /** Called with every finished call. */
  readonly onCallFinished?: (call: CallLog) => void;
  /**
   * Called when a function's bundle was built anew and runs from now on, or with why it does not load; then the earlier one
   * goes on, and unless this is given it is told on the standard error.
   */
  readonly onReloaded?: (functionName: string, failure: string | undefined) => void;
  /** `manual` leaves a database that died dead until {@link Cloud.restartDatabase}. */
  readonly restartDatabase?: 'auto' | 'manual';
  /** Addresses of the program's own on the front; they are tried before the platform's. */
  readonly routes?: (cloud: Cloud) => readonly Route[] | Promise<readonly Route[]>;
  /** Sees every request to the front first, as soon as it listens. */
  readonly gate?: Gate;
}

export interface CallResult extends Omit<FunctionAnswer, 'resultText'> {
  readonly result: unknown;
}

/** A running local cloud. */
export interface Cloud {
  /** The front, where functions are called: `POST <url>/functions/<name>`. */
  readonly url: string;
  /** Where the SDK sends its requests. */
  readonly adminUrl: string;
  /** What `x-local-admin` must hold for timers by hand and the clock. */
  readonly adminToken: string;
  /** What the SDK must sign with. */
  readonly credentials: Credentials;
  readonly functions: readonly FunctionConfig[];
  readonly clockOffsetMs: number;
  /** Calls a function as a client does, with or without a user. Throws PlatformError. */
  callFunction(
    name: string,
    event: object,
    caller?: { openid?: string; source?: 'wx_client' | 'wx_http' },
  ): Promise<CallResult>;
  /** Fires a timer now, whatever the clock says. Throws PlatformError, or TimerRunningError while it is running. */
  fireTimer(functionName: string, triggerName?: string): Promise<CallResult>;
  /** Shifts the time that functions and the database see; kept across restarts. */
  setClockOffsetMs(offsetMs: number): Promise<void>;
  /** Changes {@link CloudOptions.databaseDelayMs}; restarts of the database keep it. */
  setDatabaseDelayMs(delayMs: number): Promise<void>;
  setDatabaseFaults(faults: Faults): Promise<void>;
  /** Kills the database process as a crash would. */
  killDatabase(): Promise<void>;
  /** Starts the database again on its port and files, killing it first when it runs. Resolves when it serves. */
  restartDatabase(): Promise<void>;
  memoryOf(functionName: string): PeakMemory;
  /** The latest calls of a function, oldest first. */
  logs(functionName: string, count: number): CallLog[];
  /** Makes the next calls start cold. */
  restartInstances(): Promise<void>;
  /** Kills all instances as a crash would: calls in progress fail. */
  killInstances(): Promise<void>;
  close(): Promise<void>;
}
