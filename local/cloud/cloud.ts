import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { requestAdmin } from './admin-client';
import { CloudClock } from './clock';
import type { CallResult, Cloud, CloudOptions } from './cloud-types';
import { DatabaseSupervisor } from './database-supervisor';
import { createFront, platformRoutes } from './front';
import { CallLogBook } from './functions/call-log';
import { readFunctions } from './functions/function-config';
import { FunctionHost, type FunctionAnswer } from './functions/function-host';
import { TimerSchedule } from './functions/timer-schedule';
import type { Route } from './http-exchange';
import { listenOnLoopback } from './listen';
import { storageRoutes } from './storage/storage-routes';

export type { Cloud, CloudOptions } from './cloud-types';

const INSTANCES_PER_FUNCTION = 4;

/**
 * Starts a local CloudBase environment: database process, function host and HTTP front on 127.0.0.1.
 * Rejects when a configuration is malformed or a program is not built. @throws PortInUseError
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  // Instances are threads of this process and share its time zone, which on CloudBase is UTC.
  process.env.TZ = 'UTC';
  mkdirSync(options.dataDir, { recursive: true });
  const adminToken = randomBytes(24).toString('base64url');
  let routes: readonly Route[] = [];
  const front = createFront(() => routes, options.gate);
  const url = `http://127.0.0.1:${await listenOnLoopback(front, options.port ?? 0)}`;
  const clock = new CloudClock(options.dataDir);
  const delay = { ms: options.databaseDelayMs ?? 0 };
  const database = createDatabase(options, { url, adminToken, clock, delay });
  let cloud: Cloud | undefined;
  try {
    await database.start();
    const created = createCloud(options, { url, adminToken, clock, delay, database, front });
    cloud = created.cloud;
    routes = [...((await options.routes?.(cloud)) ?? []), ...created.platform];
    return cloud;
  } catch (error) {
    await (cloud ? cloud.close() : Promise.all([stopListening(front), database.stop()]));
    throw error;
  }
}

interface Address {
  readonly url: string;
  readonly adminToken: string;
  readonly clock: CloudClock;
  /** What each database request waits. */
  readonly delay: { ms: number };
}

interface Parts extends Address {
  readonly database: DatabaseSupervisor;
  readonly front: Server;
}

function createDatabase(
  options: CloudOptions,
  { url, adminToken, clock, delay }: Address,
): DatabaseSupervisor {
  return new DatabaseSupervisor({
    dataDir: options.dataDir,
    port: options.databasePort ?? 0,
    synchronous: options.synchronous ?? 'NORMAL',
    environment: { LOCAL_CLOUD_FRONT_URL: url, LOCAL_CLOUD_ADMIN_TOKEN: adminToken },
    restartsOnExit: options.restartDatabase !== 'manual',
    onStarted: async adminUrl => {
      await requestAdmin(adminUrl, 'emulator.setClockOffset', { offsetMs: clock.offsetMs });
      await requestAdmin(adminUrl, 'emulator.setDelay', { delayMs: delay.ms });
      if (options.collections)
        await requestAdmin(adminUrl, 'emulator.applyCollections', { collections: options.collections });
    },
  });
}

function createCloud(options: CloudOptions, parts: Parts): { cloud: Cloud; platform: readonly Route[] } {
  const { clock, delay, database, front, url, adminToken } = parts;
  const { adminUrl } = database;
  const functions = readFunctions({
    functionsRoot: options.functionsRoot,
    configFile: options.configFile,
    variables: { ...process.env, ...options.envVariables },
  });
  const logBook = new CallLogBook(options.logFile, options.onCallFinished);
  const host = new FunctionHost({
    functions,
    adminUrl,
    logBook,
    instancesPerFunction: options.instancesPerFunction ?? INSTANCES_PER_FUNCTION,
    getClockOffsetMs: () => clock.offsetMs,
  });
  const timers = new TimerSchedule({
    functions,
    mode: options.timers ?? 'cron',
    getNowMs: () => clock.nowMs,
    fire: (name, triggerName) => host.invoke(name, '{}', { kind: 'timer', triggerName }),
  });
  const setClockOffsetMs = async (offsetMs: number): Promise<void> => {
    clock.setOffset(offsetMs);
    timers.reschedule();
    await requestAdmin(adminUrl, 'emulator.setClockOffset', { offsetMs });
  };

  const cloud: Cloud = {
    url,
    adminUrl,
    adminToken,
    functions,
    get clockOffsetMs() {
      return clock.offsetMs;
    },
    setClockOffsetMs,
    callFunction: async (name, event, { openid, source = 'wx_client' } = {}) =>
      toCallResult(await host.invoke(name, JSON.stringify(event), { kind: 'client', source, openid })),
    fireTimer: async (name, triggerName) => toCallResult(await timers.fire(name, triggerName)),
    setDatabaseDelayMs: async delayMs => {
      delay.ms = delayMs;
      await requestAdmin(adminUrl, 'emulator.setDelay', { delayMs });
    },
    setDatabaseFaults: async faults => void (await requestAdmin(adminUrl, 'emulator.setFaults', { faults })),
    killDatabase: () => database.kill(),
    restartDatabase: () => database.restart(),
    memoryOf: name => host.peakMemoryOf(name),
    logs: (name, count) => logBook.latest(name, count),
    restartInstances: () => host.restartInstances(),
    close: async () => {
      timers.stop();
      await Promise.all([stopListening(front), host.close()]);
      await database.stop();
      await logBook.close();
    },
  };
  const admin = { host, timers, logBook, adminToken, setClockOffsetMs };
  return { cloud, platform: [...platformRoutes(admin), ...storageRoutes(adminUrl)] };
}

function toCallResult({ resultText, ...call }: FunctionAnswer): CallResult {
  return { ...call, result: JSON.parse(resultText) as unknown };
}

async function stopListening(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
