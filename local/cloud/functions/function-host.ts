import { randomUUID } from 'node:crypto';
import type { Credentials } from '../credentials';
import type { CallLog, CallLogBook } from './call-log';
import type { DatabaseUse } from './database-request-counter';
import { Deployment } from './deployment';
import type { FunctionConfig } from './function-config';
import { Instance, type InstanceOutcome } from './instance';
import type { InstanceMemory } from './instance-messages';
import { PoolFullError } from './instance-pool';
import { toInstanceCall, toInstanceEnvironment, type Caller } from './invocation';
import { PlatformError } from './platform-error';

/** A call that ended in a result. */
export interface FunctionAnswer extends DatabaseUse {
  /** JSON text; `null` when the function returned nothing. */
  readonly resultText: string;
  readonly requestId: string;
  /** Time inside the instance, without waiting for one and without its start. */
  readonly durationMs: number;
}

/** Highest memory seen among the instances of one function; zero before its first call. */
export type PeakMemory = InstanceMemory;

export interface FunctionHostOptions {
  readonly functions: readonly FunctionConfig[];
  readonly adminUrl: string;
  readonly credentials: Credentials;
  readonly instancesPerFunction: number;
  readonly logBook: CallLogBook;
  readonly getClockOffsetMs: () => number;
  /** Called when a bundle that has changed runs from now on, or with why it does not load and the earlier one goes on. */
  readonly onReloaded: (functionName: string, failure: string | undefined) => void;
}

/** Limits of the platform: event as text (the stricter of two documented values) and result. */
const EVENT_BYTES_MAX = 100 * 1024;
/** An HTTP request is judged by the function itself, which answers in its own words what is too much. */
const HTTP_EVENT_BYTES_MAX = 6 * 1024 * 1024;
const RESULT_BYTES_MAX = 6 * 1024 * 1024;
const WAITING_CALLS_MAX = 2000;
const BYTES_PER_MB = 1024 * 1024;
const NO_MEMORY: PeakMemory = { heapUsedBytes: 0, heapTotalBytes: 0, externalBytes: 0, processRssBytes: 0 };

/** Runs the bundles of cloud functions, several warm instances each. */
export class FunctionHost {
  readonly #functions: ReadonlyMap<string, FunctionConfig>;
  readonly #deployments = new Map<string, Deployment>();
  readonly #instances = new Set<Instance>();
  readonly #peaks = new Map<string, PeakMemory>();

  constructor(private readonly options: FunctionHostOptions) {
    this.#functions = new Map(options.functions.map(config => [config.name, config]));
  }

  /** Throws {@link PlatformError} function_not_found. */
  getFunction(name: string): FunctionConfig {
    const config = this.#functions.get(name);
    if (!config)
      throw new PlatformError('function_not_found', `FunctionName parameter could not be found: ${name}`);
    return config;
  }

  /**
   * Runs a function once; a call is never repeated.
   * @throws PlatformError function_not_found, not_callable (a client called a timer's function), event_too_large,
   * too_many_calls, timed_out or execution_failed (the function threw, crashed, or answered too much).
   */
  async invoke(name: string, eventText: string, caller: Caller): Promise<FunctionAnswer> {
    const config = this.getFunction(name);
    assertMayCall(config, eventText, caller);
    const requestId = randomUUID();
    try {
      return await this.#deploymentOf(config).run(instance =>
        this.#run(instance, { config, eventText, caller, requestId }),
      );
    } catch (error) {
      if (error instanceof PoolFullError) {
        throw new PlatformError(
          'too_many_calls',
          `more than ${WAITING_CALLS_MAX} calls are waiting`,
          requestId,
        );
      }
      throw error;
    }
  }

  peakMemoryOf(name: string): PeakMemory {
    return this.#peaks.get(name) ?? NO_MEMORY;
  }

  /** Ends all idle instances: the next calls start cold. */
  async restartInstances(): Promise<void> {
    await Promise.all([...this.#deployments.values()].map(deployment => deployment.stopIdle()));
  }

  /** Kills all instances, as a machine that goes down would: calls in progress fail, the next ones start cold. */
  async killInstances(): Promise<void> {
    await Promise.all([...this.#instances].map(instance => instance.stop()));
  }

  /** Ends all instances; calls in progress fail. */
  close(): Promise<void> {
    return this.killInstances();
  }

  async #run(
    instance: Instance,
    {
      config,
      eventText,
      caller,
      requestId,
    }: { config: FunctionConfig; eventText: string; caller: Caller; requestId: string },
  ): Promise<FunctionAnswer> {
    const { logBook, adminUrl, getClockOffsetMs } = this.options;
    const log = logBook.start(config.name, requestId);
    const invocation = { requestId, caller, eventText, clockOffsetMs: getClockOffsetMs() };
    const { outcome, durationMs } = await instance.call(toInstanceCall(config, invocation, adminUrl), {
      timeoutMs: config.timeoutMs,
      print: (level, text) => logBook.print(log, level, text),
    });
    return this.#conclude(config, log, outcome, durationMs);
  }

  #conclude(
    config: FunctionConfig,
    log: CallLog,
    outcome: InstanceOutcome,
    durationMs: number,
  ): FunctionAnswer {
    if (outcome.kind !== 'timed_out' && outcome.memory) this.#notePeak(config.name, outcome.memory);
    const cost = { durationMs, ...databaseUseOf(outcome) };
    const failure = toFailure(config, outcome, log.requestId);
    if (failure) {
      const cause = outcome.kind === 'answer' && outcome.error ? outcome.error.stack : failure.message;
      this.options.logBook.finish(log, {
        outcome: failure.failure,
        failure: cause,
        ...cost,
      });
      throw failure;
    }
    this.options.logBook.finish(log, { outcome: 'ok', ...cost });
    const resultText = (outcome.kind === 'answer' && outcome.result) || 'null';
    return { resultText, requestId: log.requestId, ...cost };
  }

  #notePeak(name: string, memory: InstanceMemory): void {
    const peak = this.peakMemoryOf(name);
    const highest = Object.entries(memory).map(([key, bytes]) => [
      key,
      Math.max(bytes, peak[key as keyof PeakMemory]),
    ]);
    this.#peaks.set(name, Object.fromEntries(highest) as PeakMemory);
  }

  #deploymentOf(config: FunctionConfig): Deployment {
    const { name, dir } = config;
    const deployment =
      this.#deployments.get(name) ??
      new Deployment({
        dir,
        createInstance: bundle => this.#createInstance(config, bundle),
        limits: { instancesMax: this.options.instancesPerFunction, waitingMax: WAITING_CALLS_MAX },
        onReloaded: failure => this.options.onReloaded(name, failure),
      });
    this.#deployments.set(name, deployment);
    return deployment;
  }

  #createInstance(config: FunctionConfig, bundle: string): Instance {
    const instance = new Instance({
      setup: {
        functionDir: config.dir,
        bundle,
        databaseHost: new URL(this.options.adminUrl).host,
        memoryLimitBytes: config.memoryMb * BYTES_PER_MB,
        clockOffsetMs: this.options.getClockOffsetMs(),
      },
      environment: toInstanceEnvironment(config, this.options),
      memoryMb: config.memoryMb,
    });
    for (const each of this.#instances) if (!each.isAlive) this.#instances.delete(each);
    this.#instances.add(instance);
    return instance;
  }
}

/** What an instance used that did not live to tell is not known. */
function databaseUseOf(outcome: InstanceOutcome): DatabaseUse {
  if (outcome.kind !== 'answer') return { databaseRequests: 0, databaseTrips: 0 };
  return { databaseRequests: outcome.databaseRequests, databaseTrips: outcome.databaseTrips };
}

function assertMayCall(config: FunctionConfig, eventText: string, caller: Caller): void {
  if (caller.kind === 'timer') return;
  if (!config.isCallable && caller.source !== 'wx_client,scf') {
    throw new PlatformError('not_callable', `${config.name} is called by its timer only`);
  }
  const bytesMax = caller.source === 'wx_http' ? HTTP_EVENT_BYTES_MAX : EVENT_BYTES_MAX;
  if (Buffer.byteLength(eventText) > bytesMax) {
    throw new PlatformError('event_too_large', `the event is larger than ${bytesMax} bytes`);
  }
}

function toFailure(
  config: FunctionConfig,
  outcome: InstanceOutcome,
  requestId: string,
): PlatformError | undefined {
  switch (outcome.kind) {
    case 'timed_out':
      return new PlatformError(
        'timed_out',
        `Invoking task timed out after ${config.timeoutMs / 1000} seconds`,
        requestId,
      );
    case 'crashed':
      return new PlatformError('execution_failed', outcome.reason, requestId);
    case 'answer':
      if (outcome.error) return new PlatformError('execution_failed', outcome.error.message, requestId);
      if (Buffer.byteLength(outcome.result ?? '') > RESULT_BYTES_MAX) {
        return new PlatformError('execution_failed', 'body size is too long', requestId);
      }
      return undefined;
    default:
      return outcome satisfies never;
  }
}
