/** Prepares a city straight through the SDK, so that tests of what comes after training need not play training first. */
import { CONSENT_VERSION } from '../../../miniprogram/contract/accounts';
import { encryptText, personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import type { Account } from '../../../cloudfunctions/shared/store/accounts';
import type { Channel } from '../../../cloudfunctions/shared/store/channels';
import type { TrainingClass } from '../../../cloudfunctions/shared/domain/training-class';
import type { CollectionName } from '../../../cloudfunctions/shared/store/collections';
import type { Institution } from '../../../cloudfunctions/shared/store/institutions';
import type { RosterEntry } from '../../../cloudfunctions/shared/store/roster-entries';
import type { CityCode } from '../../../miniprogram/contract/areas';
import type { Grant } from '../../../miniprogram/contract/roles';
import type { TemplateFields } from '../../../miniprogram/contract/templates';
import type { ClassStatus } from '../../../miniprogram/contract/training';
import type { JobView } from '../../../miniprogram/contract/jobs';
import type { Plain } from '../../../miniprogram/contract/brand';
import { giveEntry } from '../../support/entry';
import { aPerson } from '../../support/people';
import type { Caller, TestCloud } from '../../support/test-cloud';

/** Ids and amounts as a test writes them. */
type Seeded<T> = Plain<Omit<T, 'version'>>;

const INSERT_MAX = 1000;
/** Long enough for every clock that a test moves. */
const YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000;

export async function insert<T extends { id: string }>(
  cloud: TestCloud,
  name: CollectionName,
  documents: readonly T[],
): Promise<void> {
  for (let start = 0; start < documents.length; start += INSERT_MAX) {
    const part = documents
      .slice(start, start + INSERT_MAX)
      .map(({ id, ...rest }) => ({ _id: id, version: 1, ...rest }));
    await cloud.sdk().database().collection(name).add(part);
  }
}

/** Somebody signed in with roles. Staff are numbered apart from workers, who are aPerson(0), aPerson(1) … */
export async function signedIn(cloud: TestCloud, number: number, ...grants: Plain<Grant>[]): Promise<Caller> {
  const { name, idNumber } = aPerson(number);
  const openid = `seeded-${number}`;
  const account: Seeded<Account> = {
    id: openid,
    personKey: personKeyOf(idNumber),
    nameCipher: encryptText(name),
    grants,
    consentVersion: CONSENT_VERSION,
    signedInAtMs: cloud.nowMs(),
    signedInUntilMs: cloud.nowMs() + YEARS_MS,
    signInRequestId: 'seeded-request',
    signInInputHash: '',
    recentRequests: [],
  };
  await insert(cloud, 'accounts', [account]);
  return { openid };
}

export interface City {
  cityCode: CityCode;
  province: Caller;
  clerk: Caller;
  reviewers: [Caller, Caller];
  payer: Caller;
  institutionId: string;
  administrator: Caller;
  /** Another institution of the same city. */
  otherInstitutionId: string;
  otherAdministrator: Caller;
  /** An open channel. */
  channelNumber: string;
  closedChannelNumber: string;
}

const STAFF_FROM = 340_000;

/** A city that has entered the network, with staff, two institutions and two channels. Several cities fit into one cloud. */
export async function seedCity(cloud: TestCloud, cityCode: CityCode = '3701'): Promise<City> {
  const first = STAFF_FROM + Number(cityCode) * 10 - 37_000;
  const institutionId = `institution${cityCode}`;
  const otherInstitutionId = `otherinstitution${cityCode}`;
  const channelNumber = `10000${cityCode}1`;
  const closedChannelNumber = `10000${cityCode}2`;
  const administratorOf = (id: string): Plain<Grant> => ({
    role: 'administrator',
    cityCode,
    institutionId: id,
  });
  const institution = (id: string, uscc: string): Seeded<Institution> => ({
    id,
    name: `培训学校${id}`,
    uscc,
    cityCode,
    active: true,
    history: [],
  });
  await giveEntry(cloud, cityCode);
  await insert(cloud, 'institutions', [
    institution(institutionId, `${cityCode}A`),
    institution(otherInstitutionId, `${cityCode}B`),
  ]);
  const channel = (id: string, name: string, voucherOpen: boolean) =>
    ({
      id,
      cityCode,
      name,
      kind: 'mini_program',
      issuing: true,
      voucherOpen,
      history: [],
    }) satisfies Seeded<Channel> & { history: [] };
  await insert(cloud, 'channels', [
    channel(channelNumber, `开通渠道${cityCode}`, true),
    channel(closedChannelNumber, `未开通渠道${cityCode}`, false),
  ]);
  return {
    cityCode,
    province: await signedIn(cloud, first, { role: 'province' }),
    clerk: await signedIn(cloud, first + 1, { role: 'clerk', cityCode }),
    reviewers: [
      await signedIn(cloud, first + 2, { role: 'reviewer', cityCode }),
      await signedIn(cloud, first + 3, { role: 'reviewer', cityCode }),
    ],
    payer: await signedIn(cloud, first + 4, { role: 'payer', cityCode }),
    institutionId,
    administrator: await signedIn(cloud, first + 5, administratorOf(institutionId)),
    otherInstitutionId,
    otherAdministrator: await signedIn(cloud, first + 6, administratorOf(otherInstitutionId)),
    channelNumber,
    closedChannelNumber,
  };
}

export const templateFields = (over: Partial<Plain<TemplateFields>> = {}): Plain<TemplateFields> => ({
  cityCode: '3701',
  name: '岗前培训券',
  projectId: 'pre_job',
  issueMode: 'targeted',
  functionMode: 'face_value',
  amountFen: 50_000,
  quota: 10_000,
  budgetFen: 500_000_000,
  claimWindowDays: 30,
  validDays: 90,
  audience: [{ kind: 'labour_contract' }, { kind: 'enterprise_pension' }],
  institutionIds: [],
  ...over,
});

/** A published template, made by the city itself. */
export async function publishedTemplate(
  cloud: TestCloud,
  city: City,
  over: Partial<Plain<TemplateFields>> = {},
): Promise<string> {
  const { id } = await cloud.must(
    'voucher.createTemplate',
    templateFields({ cityCode: city.cityCode, ...over }),
    city.clerk,
  );
  await cloud.must('voucher.publishTemplate', { templateId: id }, city.clerk);
  return id;
}

let seeded = 0;

/** A class with people on its roster: aPerson(first) … */
export async function seedClass(
  cloud: TestCloud,
  city: City,
  {
    templateId,
    people = 2,
    first = 0,
    status = 'running',
    ...over
  }: { templateId: string; people?: number; first?: number; status?: ClassStatus } & Partial<
    Plain<TrainingClass>
  >,
): Promise<string> {
  const id = `class${seeded++}`;
  const trainingClass: Seeded<TrainingClass> = {
    id,
    templateId,
    name: `班期${id}`,
    place: '泉城路1号',
    startsOn: '2026-11-24',
    endsOn: '2026-12-24',
    hours: 40,
    status,
    projectId: 'pre_job',
    cityCode: city.cityCode,
    institutionId: city.institutionId,
    institutionName: '培训学校',
    amountFen: 50_000,
    history: [],
    ...over,
  };
  await insert(cloud, 'classes', [trainingClass]);
  await seedRoster(cloud, id, { people, first });
  return id;
}

/** People on the roster of a class or of a general template. */
export async function seedRoster(
  cloud: TestCloud,
  ownerId: string,
  { people, first = 0, eligible = true }: { people: number; first?: number; eligible?: boolean },
): Promise<void> {
  const entries = Array.from({ length: people }, (_, at): Seeded<RosterEntry> => {
    const { name, idNumber } = aPerson(first + at);
    const personKey = personKeyOf(idNumber);
    return {
      id: `${ownerId}-${personKey}`,
      ownerId,
      personKey,
      nameCipher: encryptText(name),
      idNumberCipher: encryptText(idNumber),
      eligibility: {
        labourContract: eligible,
        enterprisePension: true,
        source: 'roster',
        atMs: cloud.nowMs(),
      },
      addedAtMs: cloud.nowMs(),
      importKey: 'seeded',
    };
  });
  await insert(cloud, 'rosterEntries', entries);
}

/** Fires the timer until the job has ended. */
export async function finishJob(
  cloud: TestCloud,
  caller: Caller,
  { id, kind }: Plain<Pick<JobView, 'id' | 'kind'>>,
): Promise<JobView> {
  const name = kind === 'issue' || kind === 'void' ? 'voucher.getJob' : 'settlement.getJob';
  for (let fired = 0; fired < 20; fired++) {
    const job = await cloud.must(name, { jobId: id }, caller);
    if (job.status !== 'running') return job;
    await cloud.cloud.fireTimer('timer');
  }
  throw new Error(`the ${kind} job did not end`);
}

export interface Holding {
  templateId: string;
  classId: string;
  /** In the order of the workers. */
  workers: Caller[];
  voucherIds: string[];
}

/** A class whose people hold vouchers: workers are aPerson(first) …, signed in. */
export async function seedHolding(
  cloud: TestCloud,
  city: City,
  {
    people = 2,
    first = 0,
    template = {},
  }: { people?: number; first?: number; template?: Partial<Plain<TemplateFields>> } = {},
): Promise<Holding> {
  const templateId = await publishedTemplate(cloud, city, template);
  const { amountFen, projectId } = templateFields(template);
  const classId = await seedClass(cloud, city, { templateId, people, first, amountFen, projectId });
  const job = await cloud.must('voucher.issue', { classId }, city.clerk);
  await finishJob(cloud, city.clerk, job);
  const numbers = Array.from({ length: people }, (_, at) => first + at);
  const workers: Caller[] = [];
  for (const number of numbers) workers.push(await signedInOnce(cloud, number));
  const voucherIds = numbers.map(number => `${classId}-${personKeyOf(aPerson(number).idNumber)}`);
  return { templateId, classId, workers, voucherIds };
}

/** A worker who may have signed in for an earlier test of the same cloud. */
export async function signedInOnce(cloud: TestCloud, number: number): Promise<Caller> {
  const openid = `seeded-${number}`;
  return (await stored(cloud, 'accounts', openid)) ? { openid } : signedIn(cloud, number);
}

/** The worker claims, shows the code, and the institution scans it. */
export async function useVoucher(
  cloud: TestCloud,
  city: City,
  worker: Caller,
  voucherId: string,
): Promise<void> {
  const { channelNumber, administrator } = city;
  await cloud.must('voucher.claim', { voucherId, channelNumber }, worker);
  const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
  await cloud.must('verification.use', { qrText }, administrator);
}

/** The code of a voucher, as the institution reads it off a list. */
export async function codesOf(cloud: TestCloud, voucherIds: readonly string[]): Promise<string[]> {
  const documents = await cloud.documents('vouchers');
  const codes = new Map(documents.map(document => [document._id, String(document['code'])]));
  return voucherIds.map(id => codes.get(id) ?? '');
}

/** One document as it is stored. */
export async function stored(
  cloud: TestCloud,
  name: CollectionName,
  id: string,
): Promise<Record<string, unknown> | undefined> {
  const { data } = (await cloud.sdk().database().collection(name).where({ _id: id }).get()) as {
    data: Record<string, unknown>[];
  };
  return data[0];
}
