/**
 * The thread of one function instance: loads the bundle once, then answers one call after the other. It knows the
 * function only as `exports.main(event, context)`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
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

function loadMain(): Main {
  const entry = join(setup.functionDir, 'index.js');
  try {
    const { main } = createRequire(entry)(entry) as { main?: unknown };
    if (typeof main !== 'function') throw new Error('index.js does not export a function named main');
    return main as Main;
  } catch (error) {
    return () => {
      throw error;
    };
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
const main = loadMain();
parentPort?.on('message', (call: InstanceCall) => void answer(main, call));
report({ kind: 'ready' });
