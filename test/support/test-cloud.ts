/** The functions as they are deployed, on a local cloud of their own, with a simulated e-SSC gateway. */
import tcb from '@cloudbase/node-sdk';
import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { personKeyOf } from '../../cloudfunctions/shared/runtime/secrets';
import type { CollectionName } from '../../cloudfunctions/shared/store/collections';
import { startCloud, type Cloud } from '../../local/cloud/cloud';
import type { CollectionDefinition } from '../../local/cloud/database/admin-protocol';
import { ENVIRONMENT_ID } from '../../local/cloud/environment-id';
import {
  esscGatewayConfigFor,
  simulatorKeys,
  startEsscSimulator,
  type EsscSimulator,
  type SimulatedPerson,
} from '../../local/upstream/essc-gateway-simulator';
import {
  ministryConfigFor,
  startMinistrySimulator,
  type MinistrySimulator,
} from '../../local/upstream/ministry-simulator';
import { CONSENT_VERSION } from '../../miniprogram/contract/accounts';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { UploadPlace } from '../../miniprogram/contract/imports';
import {
  functionOf,
  OPERATIONS,
  type PlainInputOf,
  type OperationName,
  type OutputOf,
} from '../../miniprogram/contract/operations';
import type { Result } from '../../miniprogram/contract/result';
import { PROVINCE_OFFICER } from './people';

// Outside a function the SDK would ask the network for metadata, and would warn of slow calls that have failed.
process.env.TENCENTCLOUD = 'true';
process.env.SILENCE = 'true';

/** Keys of this test process alone. */
const SECRETS = JSON.stringify({
  sm4KeyVersion: '1',
  sm4Keys: { 1: randomBytes(16).toString('hex') },
  lookupKey: randomBytes(32).toString('hex'),
  codeKey: randomBytes(32).toString('hex'),
});
// Tests may then use shared/runtime/secrets themselves: personKeyOf, decryptText.
process.env.VOUCHER_SECRETS = SECRETS;

/** Who calls. Any object with an openid will do. */
export interface Caller {
  openid: string;
}

/** A writing call gets a fresh requestId unless it names one; null leaves it out. */
export type CallOptions = Caller & { requestId?: string | null };

export interface Outcome<Name extends OperationName> {
  result: Result<OutputOf<Name>>;
  databaseRequests: number;
  databaseTrips: number;
  durationMs: number;
}

/** What a file is imported into. */
type UploadOwner =
  | PlainInputOf<'training.startUpload'>
  | PlainInputOf<'settlement.startUpload'>
  | { channelsOf: CityCode }
  | { institutionsOf: CityCode };

type Sdk = ReturnType<typeof tcb.init>;
type StoredDocument = Record<string, unknown> & { _id: string };

export interface TestCloud {
  cloud: Cloud;
  essc: EsscSimulator;
  /** Calls an operation as the mini-program does. */
  call<Name extends OperationName>(
    name: Name,
    input: PlainInputOf<Name>,
    options: CallOptions,
  ): Promise<Outcome<Name>>;
  /** The result of a call alone. */
  ask<Name extends OperationName>(
    name: Name,
    input: PlainInputOf<Name>,
    options: CallOptions,
  ): Promise<Result<OutputOf<Name>>>;
  /** For preparing: the data of a call that must succeed. */
  must<Name extends OperationName>(
    name: Name,
    input: PlainInputOf<Name>,
    options: CallOptions,
  ): Promise<OutputOf<Name>>;
  /** Makes the person known to the e-SSC and signs in, on a phone of their own unless told otherwise. */
  signIn(person: SimulatedPerson, openid?: string): Promise<string>;
  /** An authorisation code of the person, as the e-SSC mini-program returns it. */
  authorise(person: SimulatedPerson): string;
  /** Asks for a place for the file and uploads it there. @returns the fileId that the import takes. */
  upload(owner: UploadOwner, bytes: Uint8Array, by: Caller): Promise<string>;
  /** `wx.cloud.uploadFile`, without asking. @returns its fileID. */
  putFile(openid: string, path: string, bytes: Uint8Array): Promise<string>;
  /** The unmodified SDK with direct access to database and storage. */
  sdk(): Sdk;
  /** Everything in a collection. */
  documents(name: CollectionName): Promise<StoredDocument[]>;
  /** Everything that functions have stored in the database and printed, as one text: nothing personal may be in it. */
  everythingKept(): Promise<string>;
  advanceClock(ms: number): Promise<void>;
  nowMs(): number;
  stop(): Promise<void>;
}

function findProjectRoot(directory = __dirname): string {
  return existsSync(join(directory, 'package.json')) ? directory : findProjectRoot(dirname(directory));
}

const READ_MAX = 1000;
const LOGS_READ = 500;

/** Two of each function run into each other as well as more do, and every one more costs a cold start. */
const INSTANCES_PER_FUNCTION = 2;

/** A cloud whose codes the ministry's platform makes. */
export interface MinistryTestCloud extends TestCloud {
  ministry: MinistrySimulator;
}

/** {@link startTestCloud} where the ministry's platform makes the codes. */
export async function startMinistryCloud(): Promise<MinistryTestCloud> {
  const keys = simulatorKeys();
  const clock = { nowMs: Date.now };
  const ministry = await startMinistrySimulator({ port: 0, keys, nowMs: () => clock.nowMs(), slowMs: 100 });
  const cloud = await startTestCloud({
    VOUCHER_CODES: 'ministry',
    MINISTRY_GATEWAY: ministryConfigFor(ministry.url, keys, ANSWER_MS),
  });
  clock.nowMs = cloud.nowMs;
  const stop = async (): Promise<void> => {
    await cloud.stop();
    await ministry.close();
  };
  return { ...cloud, ministry, stop };
}

/** How long the functions wait for an answer of the platform: enough for one that comes on a busy machine. */
const ANSWER_MS = 1_000;

/**
 * Starts a fresh cloud; `npm run build` must have run. Timers fire by hand only (`cloud.fireTimer('timer')`).
 * @param variables of the functions beside those that they always have.
 */
export async function startTestCloud(variables: Record<string, string> = {}): Promise<TestCloud> {
  const root = findProjectRoot();
  const dir = mkdtempSync(join(tmpdir(), 'voucher-test-'));
  // A copy, so that a build during the test does not pull the bundles away.
  const functionsRoot = join(dir, 'functions');
  cpSync(join(root, 'dist/cloudfunctions'), functionsRoot, { recursive: true });
  const collections = JSON.parse(
    readFileSync(join(root, 'dist/collections.json'), 'utf8'),
  ) as CollectionDefinition[];

  // The gateway's address goes into the cloud's configuration, the cloud's clock into the gateway.
  const clock = { offsetMs: () => 0 };
  const nowMs = () => Date.now() + clock.offsetMs();
  const keys = simulatorKeys();
  const essc = await startEsscSimulator({ port: 0, keys, nowMs });
  const cloud = await startCloud({
    functionsRoot,
    dataDir: join(dir, 'data'),
    configFile: join(root, 'cloudbaserc.json'),
    collections,
    timers: 'manual',
    instancesPerFunction: INSTANCES_PER_FUNCTION,
    envVariables: {
      VOUCHER_SECRETS: SECRETS,
      ESSC_GATEWAY: esscGatewayConfigFor(essc.url, keys, { attemptTimeoutMs: 1_000 }),
      PROVINCE_OFFICERS: JSON.stringify([personKeyOf(PROVINCE_OFFICER.idNumber)]),
      ...variables,
    },
  });
  clock.offsetMs = () => cloud.clockOffsetMs;
  const stop = async (): Promise<void> => {
    await Promise.all([cloud.close(), essc.close()]);
    rmSync(dir, { recursive: true, force: true });
  };
  return { ...connect(cloud, essc), nowMs, stop };
}

function connect(cloud: Cloud, essc: EsscSimulator): Omit<TestCloud, 'nowMs' | 'stop'> {
  const sdk = tcb.init({
    env: ENVIRONMENT_ID,
    ...cloud.credentials,
    serviceUrl: cloud.adminUrl,
    keepalive: true,
  });

  const call: TestCloud['call'] = async (name, input, { openid, requestId = randomUUID() }) => {
    const id = OPERATIONS[name].writes && requestId !== null ? { requestId } : {};
    const event = { operation: name, input, ...id };
    const answer = await cloud.callFunction(functionOf(name), event, { openid });
    const { databaseRequests, databaseTrips, durationMs } = answer;
    return {
      result: answer.result as Result<OutputOf<typeof name>>,
      databaseRequests,
      databaseTrips,
      durationMs,
    };
  };
  const ask: TestCloud['ask'] = async (name, input, options) => (await call(name, input, options)).result;
  const must: TestCloud['must'] = async (name, input, options) => {
    const result = await ask(name, input, options);
    if (result.ok) return result.data;
    throw new Error(`${name} was refused: ${JSON.stringify(result.error)}`);
  };
  const authorise = (person: SimulatedPerson): string => {
    essc.addPerson(person);
    return essc.authorise(person.idNumber);
  };
  const putFile: TestCloud['putFile'] = async (openid, path, bytes) => {
    const url = `${cloud.url}/storage/upload?path=${encodeURIComponent(path)}`;
    const headers = { 'x-wx-openid': openid };
    const response = await fetch(url, { method: 'POST', body: Buffer.from(bytes), headers });
    const { fileID } = (await response.json()) as { fileID?: string };
    if (fileID === undefined) throw new Error(`the upload was refused: ${response.status}`);
    return fileID;
  };
  const documents: TestCloud['documents'] = async name => {
    const all: StoredDocument[] = [];
    for (let page = READ_MAX; page === READ_MAX;) {
      const query = sdk.database().collection(name).orderBy('_id', 'asc').skip(all.length).limit(READ_MAX);
      const { data } = (await query.get()) as { data: StoredDocument[] };
      all.push(...data);
      page = data.length;
    }
    return all;
  };

  const placeFor = (owner: UploadOwner, openid: string): Promise<UploadPlace> => {
    if ('batchId' in owner) return must('settlement.startUpload', owner, { openid });
    if ('channelsOf' in owner) return must('entry.startUpload', { cityCode: owner.channelsOf }, { openid });
    if ('institutionsOf' in owner)
      return must('training.startInstitutionUpload', { cityCode: owner.institutionsOf }, { openid });
    return must('training.startUpload', owner, { openid });
  };

  return {
    cloud,
    essc,
    call,
    ask,
    must,
    authorise,
    documents,
    sdk: () => sdk,
    signIn: async (person, openid = `openid-${personKeyOf(person.idNumber)}`) => {
      await must(
        'account.signIn',
        { authCode: authorise(person), consentVersion: CONSENT_VERSION },
        { openid },
      );
      return openid;
    },
    upload: async (owner, bytes, { openid }) => {
      const { cloudPath, fileId } = await placeFor(owner, openid);
      await putFile(openid, cloudPath, bytes);
      return fileId;
    },
    putFile,
    everythingKept: async () => {
      const { COLLECTIONS } = await import('../../cloudfunctions/shared/store/collections');
      const names = Object.keys(COLLECTIONS) as CollectionName[];
      const stored = await Promise.all(names.map(documents));
      const logged = cloud.functions.map(({ name }) => cloud.logs(name, LOGS_READ));
      return JSON.stringify([stored, logged]);
    },
    advanceClock: ms => cloud.setClockOffsetMs(cloud.clockOffsetMs + ms),
  };
}
