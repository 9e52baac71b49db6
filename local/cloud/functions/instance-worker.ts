/**
 * The thread of one function instance: loads the bundle once, then answers one call after the other. It knows the
 * function only as `exports.main(event, context)`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { captureConsole } from './capture-console';
import { countDatabaseRequests } from './database-request-counter';
import type {
  InstanceAnswer,
  InstanceCall,
  InstanceMemory,
  InstanceReport,
  InstanceSetup,
} from './instance-messages';
import { installShiftedClock } from './shifted-clock';

type Main = (event: unknown, context: unknown) => unknown;
type Outcome = Pick<InstanceAnswer, 'result' | 'error'>;

const MEMORY_SAMPLE_EVERY_MS = 50;

const setup = workerData as InstanceSetup;
const report = (message: InstanceReport): void => parentPort?.postMessage(message);
const setClockOffset = installShiftedClock();
const takeDatabaseUse = countDatabaseRequests(setup.databaseHost);
captureConsole((level, text) => report({ kind: 'log', level, text }));

function memoryNow(): InstanceMemory {
  const { heapUsed, heapTotal, external, rss } = process.memoryUsage();
  return {
    heapUsedBytes: heapUsed,
    heapTotalBytes: heapTotal,
    externalBytes: external,
    processRssBytes: rss,
  };
}

interface Loaded {
  readonly main: Main;
  /** Why there is none; every call then fails with it. */
  readonly failure?: string;
}

/** Lets a bundle import modules while it runs, as a file may. Node knows how since 20.12. */
const loader = (vm as Partial<typeof vm>).constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
const IMPORTS = loader === undefined ? {} : { importModuleDynamically: loader };

/** Runs the text of the bundle as Node runs a file of CommonJS: the file itself may have been built anew meanwhile. */
function loadBundle(): Loaded {
  const entry = join(setup.functionDir, 'index.js');
  const module = { exports: {} as { main?: unknown } };
  try {
    const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
    const run = vm.compileFunction(setup.bundle, parameters, { filename: entry, ...IMPORTS });
    run.call(module.exports, module.exports, createRequire(entry), module, entry, setup.functionDir);
    const { main } = module.exports;
    if (typeof main !== 'function') throw new Error('index.js does not export a function named main');
    return { main: main as Main };
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return { main: fail, failure: toFailure(error).error?.message ?? String(error) };
  }
}

function toFailure(error: unknown): Outcome {
  if (!(error instanceof Error)) return { error: { message: String(error), stack: String(error) } };
  return { error: { message: `${error.name}: ${error.message}`, stack: error.stack ?? error.message } };
}

async function run(main: Main, call: InstanceCall): Promise<Outcome> {
  try {
    const result = JSON.stringify(await main(JSON.parse(call.event), JSON.parse(call.context))) as
      string | undefined;
    return result === undefined ? {} : { result };
  } catch (error) {
    return toFailure(error);
  }
}

/** Watches memory while a call runs; heap alone is limited by the thread itself, buffers are not. */
function watchMemory(): () => InstanceMemory {
  let peak: InstanceMemory | undefined;
  const bytesOf = ({ heapUsedBytes, externalBytes }: InstanceMemory): number => heapUsedBytes + externalBytes;
  const sample = (): InstanceMemory => {
    const memory = memoryNow();
    if (!peak || bytesOf(memory) > bytesOf(peak)) peak = memory;
    if (bytesOf(memory) > setup.memoryLimitBytes) report({ kind: 'memory_exceeded', memory });
    return peak;
  };
  const timer = setInterval(sample, MEMORY_SAMPLE_EVERY_MS);
  return () => {
    clearInterval(timer);
    return sample();
  };
}

async function answer(main: Main, call: InstanceCall): Promise<void> {
  setClockOffset(call.clockOffsetMs);
  Object.assign(process.env, call.environment);
  takeDatabaseUse();
  const stopWatching = watchMemory();
  const outcome = await run(main, call);
  const { databaseRequests, databaseTrips } = takeDatabaseUse();
  report({ kind: 'answer', ...outcome, databaseRequests, databaseTrips, memory: stopWatching() });
}

setClockOffset(setup.clockOffsetMs);
const { main, ...failed } = loadBundle();
parentPort?.on('message', (call: InstanceCall) => void answer(main, call));
report({ kind: 'ready', ...failed });
