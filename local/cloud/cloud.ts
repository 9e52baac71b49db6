import { once } from 'node:events';
import type { Server } from 'node:http';
import { AdminRequestError, requestAdmin, type AdminAddress } from './admin-client';
import { CloudClock } from './clock';
import type { CallResult, Cloud, CloudOptions } from './cloud-types';
import { makeCredentials, makeSecret, type Credentials } from './credentials';
import { CLOUD_FILES, DataFolder } from './data-folder';
import type { CollectionDefinition } from './database/admin-protocol';
import { DatabaseSupervisor } from './database-supervisor';
import { createFront, platformRoutes } from './front';
import { CallLogBook } from './functions/call-log';
import { readFunctions, type FunctionConfig } from './functions/function-config';
import { FunctionHost, type FunctionAnswer } from './functions/function-host';
import { TimerSchedule } from './functions/timer-schedule';
import { checkOrigins, HttpAccess, readAccessPaths, type AccessPath } from './http-access';
import type { Route } from './http-exchange';
import { assertPortIsFree, listenOnLoopback } from './listen';
import { CollectionsError } from './start-error';
import { storageRoutes } from './storage/storage-routes';

export type { Cloud, CloudOptions } from './cloud-types';

const INSTANCES_PER_FUNCTION = 4;

/**
 * Starts a local CloudBase environment: database process, function host and HTTP front on 127.0.0.1.
 * @throws StartError when another process has the folder, a port is in use, or a file is not as it must be; Error when a
 * program is not built
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  // Instances are threads of this process and share its time zone, which on CloudBase is UTC.
  process.env.TZ = 'UTC';
  const functions = readFunctions({
    functionsRoot: options.functionsRoot,
    configFile: options.configFile,
    variables: { ...process.env, ...options.envVariables },
  });
  const accessPaths = readAccessPaths(options.configFile, functions);
  checkOrigins(options.webOrigins ?? []);
  for (const port of [options.port, options.databasePort]) if (port) await assertPortIsFree(port);
  if (options.folder)
    return openCloud(options, { functions, accessPaths, folder: options.folder, letGo: () => {} });
  const folder = DataFolder.hold(options.dataDir);
  const letGo = () => folder.release();
  return openCloud(options, { functions, accessPaths, folder, letGo }).catch((error: unknown) => {
    letGo();
    throw error;
  });
}

interface Ground {
  readonly functions: readonly FunctionConfig[];
  readonly accessPaths: readonly AccessPath[];
  readonly folder: DataFolder;
  /** Called when nothing of the cloud runs any more. */
  readonly letGo: () => void;
}

/** What every part is told: where the others are, and how they know each other. */
interface Address {
  readonly url: string;
  readonly adminToken: string;
  readonly credentials: Credentials;
  readonly clock: CloudClock;
  /** What each database request waits. */
  readonly delay: { ms: number };
}

interface Parts extends Ground, Address {
  readonly database: DatabaseSupervisor;
  readonly front: Server;
}

async function openCloud(options: CloudOptions, ground: Ground): Promise<Cloud> {
  const { folder } = ground;
  folder.claim(...CLOUD_FILES);
  const clock = new CloudClock(folder);
  let routes: readonly Route[] = [];
  let access: HttpAccess | undefined;
  const front = createFront(
    () => routes,
    options.gate,
    () => access,
  );
  const address: Address = {
    url: `http://127.0.0.1:${await listenOnLoopback(front, options.port ?? 0)}`,
    adminToken: makeSecret(),
    credentials: options.credentials ?? makeCredentials(),
    clock,
    delay: { ms: options.databaseDelayMs ?? 0 },
  };
  const database = createDatabase(options, { ...address, folder });
  let cloud: Cloud | undefined;
  try {
    await database.start();
    const created = createCloud(options, { ...ground, ...address, database, front });
    cloud = created.cloud;
    access = created.access;
    routes = [...((await options.routes?.(cloud)) ?? []), ...created.platform];
    return cloud;
  } catch (error) {
    await (cloud ? cloud.close() : Promise.all([stopListening(front), database.stop()]));
    throw error;
  }
}

function createDatabase(
  options: CloudOptions,
  { url, adminToken, credentials, clock, delay, folder }: Address & Pick<Ground, 'folder'>,
): DatabaseSupervisor {
  return new DatabaseSupervisor({
    dataDir: folder.dir,
    port: options.databasePort ?? 0,
    synchronous: options.synchronous ?? 'NORMAL',
    environment: {
      LOCAL_CLOUD_FRONT_URL: url,
      LOCAL_CLOUD_ADMIN_TOKEN: adminToken,
      LOCAL_CLOUD_CREDENTIALS: JSON.stringify(credentials),
    },
    restartsOnExit: options.restartDatabase !== 'manual',
    onStarted: async (adminUrl, pid) => {
      const admin = { adminUrl, adminToken };
      folder.noteDatabase(pid);
      await requestAdmin(admin, 'emulator.setClockOffset', { offsetMs: clock.offsetMs });
      await requestAdmin(admin, 'emulator.setDelay', { delayMs: delay.ms });
      if (options.collections) await applyCollections(admin, options.collections);
    },
  });
}

async function applyCollections(
  admin: AdminAddress,
  collections: readonly CollectionDefinition[],
): Promise<void> {
  try {
    await requestAdmin(admin, 'emulator.applyCollections', { collections });
  } catch (error) {
    if (!(error instanceof AdminRequestError)) throw error;
    throw new CollectionsError(`the collections cannot be had as they are listed: ${error.message}`);
  }
}

function createCloud(
  options: CloudOptions,
  parts: Parts,
): { cloud: Cloud; platform: readonly Route[]; access: HttpAccess } {
  const { clock, delay, database, front, functions, url, adminToken, credentials, letGo } = parts;
  const { adminUrl } = database;
  const admin: AdminAddress = { adminUrl, adminToken };
  const logBook = new CallLogBook(options.logFile, options.onCallFinished);
  const host = new FunctionHost({
    functions,
    adminUrl,
    credentials,
    logBook,
    instancesPerFunction: options.instancesPerFunction ?? INSTANCES_PER_FUNCTION,
    getClockOffsetMs: () => clock.offsetMs,
    onReloaded: options.onReloaded ?? tellBroken,
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
    await requestAdmin(admin, 'emulator.setClockOffset', { offsetMs });
  };

  const cloud: Cloud = {
    url,
    adminUrl,
    adminToken,
    credentials,
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
      await requestAdmin(admin, 'emulator.setDelay', { delayMs });
    },
    setDatabaseFaults: async faults => void (await requestAdmin(admin, 'emulator.setFaults', { faults })),
    killDatabase: () => database.kill(),
    restartDatabase: () => database.restart(),
    memoryOf: name => host.peakMemoryOf(name),
    logs: (name, count) => logBook.latest(name, count),
    restartInstances: () => host.restartInstances(),
    killInstances: () => host.killInstances(),
    close: async () => {
      timers.stop();
      try {
        await Promise.all([stopListening(front), host.close()]);
        await database.stop();
        await logBook.close();
      } finally {
        letGo();
      }
    },
  };
  const platform = platformRoutes({ host, timers, logBook, adminToken, setClockOffsetMs });
  const access = new HttpAccess({ host, paths: parts.accessPaths, origins: options.webOrigins ?? [] });
  return { cloud, platform: [...platform, ...storageRoutes(admin)], access };
}

function tellBroken(name: string, failure: string | undefined): void {
  if (failure !== undefined)
    console.error(`${name}: the new bundle does not load, the earlier one goes on: ${failure}`);
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
