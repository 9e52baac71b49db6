import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personKeyOf } from '../../cloudfunctions/shared/runtime/secrets';
import { startCloud, type Cloud, type CloudOptions } from '../cloud/cloud';
import { DataFolder } from '../cloud/data-folder';
import type { CollectionDefinition } from '../cloud/database/admin-protocol';
import {
  esscGatewayConfigFor,
  startEsscSimulator,
  type EsscSimulator,
  type SimulatorKeys,
} from '../upstream/essc-gateway-simulator';
import {
  ministryConfigFor,
  startMinistrySimulator,
  type MinistrySimulator,
} from '../upstream/ministry-simulator';
import { Caller } from './caller';
import type { MadeUpPerson } from './made-up-people';
import { projectRoot } from './project-root';
import { keepSecrets } from './secrets';

/** The whole system on one machine: the cloud with this project's functions, and the e-SSC gateway that they sign in with. */
export interface Stage {
  cloud: Cloud;
  essc: EsscSimulator;
  /** The ministry's platform, where it makes the codes. */
  ministry?: MinistrySimulator;
  caller: Caller;
  close(): Promise<void>;
}

export interface StageOptions extends Pick<
  CloudOptions,
  | 'port'
  | 'databasePort'
  | 'folder'
  | 'timers'
  | 'instancesPerFunction'
  | 'restartDatabase'
  | 'onReloaded'
  | 'routes'
  | 'gate'
> {
  dataDir: string;
  /** Who starts with the province's role; everybody else gets theirs from them. */
  provinceOfficers: readonly MadeUpPerson[];
  esscPort?: number;
  /** The ministry's platform makes the codes; this system does unless told. */
  ministry?: { attemptTimeoutMs?: number; port?: number };
  /** Folder of bundled functions; the project's own unless told. */
  functionsRoot?: string;
  /** Another configuration of the functions than the project's own. */
  configFile?: string;
  /** Collections beside the project's own. */
  extraCollections?: readonly CollectionDefinition[];
  /** Another way to call than the plain one, for drills. */
  makeCaller?: (cloud: Cloud) => Caller;
}

/** The project's collections, as the build has written them. */
export const readCollections = (root = projectRoot()): CollectionDefinition[] =>
  JSON.parse(readFileSync(join(root, 'dist/collections.json'), 'utf8')) as CollectionDefinition[];

/** Starts everything; what `dataDir` holds from an earlier time goes on. @throws StartError */
export async function openStage(given: StageOptions): Promise<Stage> {
  if (given.folder) return openOn(given.folder, given);
  const folder = DataFolder.hold(given.dataDir);
  try {
    const stage = await openOn(folder, given);
    return { ...stage, close: () => stage.close().finally(() => folder.release()) };
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function openOn(folder: DataFolder, given: StageOptions): Promise<Stage> {
  const {
    dataDir,
    provinceOfficers,
    esscPort = 0,
    ministry: upstream,
    functionsRoot,
    configFile,
    extraCollections = [],
    makeCaller,
    ...options
  } = given;
  const root = projectRoot();
  const secrets = keepSecrets(folder);
  // The simulator signs with the clock of the functions, which may have been moved ahead.
  const clock = { cloud: undefined as Cloud | undefined };
  const nowMs = () => Date.now() + (clock.cloud?.clockOffsetMs ?? 0);
  const essc = await startEsscSimulator({ port: esscPort, keys: secrets.esscKeys, nowMs });
  const ministry = upstream && (await startMinistry(folder, { ...upstream, keys: secrets.esscKeys, nowMs }));
  const closeUpstream = () => Promise.all([essc.close(), ministry?.close()]);
  process.env['VOUCHER_SECRETS'] = secrets.voucherSecrets;
  const cloud = await startCloud({
    dataDir,
    functionsRoot: functionsRoot ?? join(root, 'dist/cloudfunctions'),
    configFile: configFile ?? join(root, 'cloudbaserc.json'),
    collections: [...readCollections(root), ...extraCollections],
    envVariables: {
      VOUCHER_SECRETS: secrets.voucherSecrets,
      ESSC_GATEWAY: esscGatewayConfigFor(essc.url, secrets.esscKeys),
      PROVINCE_OFFICERS: JSON.stringify(provinceOfficers.map(({ idNumber }) => personKeyOf(idNumber))),
      ...(ministry && {
        VOUCHER_CODES: 'ministry',
        MINISTRY_GATEWAY: ministryConfigFor(ministry.url, secrets.esscKeys, upstream.attemptTimeoutMs),
      }),
    },
    ...options,
    folder,
  }).catch(async (error: unknown) => {
    await closeUpstream();
    throw error;
  });
  clock.cloud = cloud;
  const close = async () => {
    await cloud.close();
    await closeUpstream();
  };
  const caller = makeCaller ? makeCaller(cloud) : new Caller(cloud);
  return { cloud, essc, ...(ministry && { ministry }), caller, close };
}

const MINISTRY_FILE = 'ministry-platform.jsonl';

/** What the platform has made it must know at the next start as well. */
function startMinistry(
  folder: DataFolder,
  { port = 0, keys, nowMs }: { port?: number; keys: SimulatorKeys; nowMs: () => number },
): Promise<MinistrySimulator> {
  folder.claim(MINISTRY_FILE);
  return startMinistrySimulator({ port, keys, nowMs, file: folder.pathOf(MINISTRY_FILE) });
}
