import { A_SCAN, usualEntry } from '../../local/stage/enter-network';
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import type { EntryApplication } from '../../cloudfunctions/shared/domain/entry-application';
import { EMPTY_FORM, type EntryForm } from '../../cloudfunctions/shared/domain/entry-form';
import { encryptForm } from '../../cloudfunctions/shared/people/entry-form-ciphers';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { Plain } from '../../miniprogram/contract/brand';
import type {
  EntryApplicationView,
  EntryDraft,
  EntryStatus,
  SealBlock,
} from '../../miniprogram/contract/entry';
import type { Caller, TestCloud } from './test-cloud';

const DAY_MS = 24 * 60 * 60 * 1000;

/** An approved network entry straight into the database, without which a city opens and publishes nothing. */
export async function giveEntry(
  cloud: TestCloud,
  cityCode: CityCode,
  ticked: Partial<EntryForm> = {},
): Promise<void> {
  const atMs = cloud.nowMs() - DAY_MS;
  const form = {
    ...EMPTY_FORM,
    issueModes: ['general', 'targeted'] as const,
    functionModes: ['face_value', 'credit'] as const,
    ...ticked,
  } as EntryForm;
  const entry: Omit<Plain<EntryApplication>, 'id'> = {
    version: 1,
    cityCode,
    status: 'approved',
    revision: 1,
    form: encryptForm(form, ''),
    seals: {},
    filledAtMs: atMs,
    history: [
      { command: 'approve', from: 'none', to: 'approved', atMs, by: { role: 'system' }, requestId: 'given' },
    ],
  };
  await cloud.sdk().database().collection('entryApplications').doc(`given-${cityCode}`).set(entry);
}

/** Uploads a scan to a place that was handed out. @returns its fileId. */
export async function uploadScan(
  cloud: TestCloud,
  applicationId: string,
  by: Caller,
  bytes: Uint8Array = A_SCAN,
): Promise<string> {
  const { cloudPath, fileId } = await cloud.must('entry.startScanUpload', { applicationId }, by);
  await cloud.putFile(by.openid, cloudPath, bytes);
  return fileId;
}

/** What is recorded of a seal, its scan uploaded. */
export const aSeal = async (cloud: TestCloud, applicationId: string, block: SealBlock, by: Caller) => ({
  applicationId,
  block,
  contactName: '李盖章',
  contactPhone: '0531-12345678',
  sealedOn: dayOf(cloud.nowMs()),
  fileId: await uploadScan(cloud, applicationId, by),
});

/** Those of a city's cast who bring it into the network. */
interface Entrants {
  cityCode: CityCode;
  clerk: Caller;
  reviewers: readonly [Caller, Caller];
  province: Caller;
}

/** A complete form of a city, saved by its clerk. */
export const draftEntry = (
  cloud: TestCloud,
  { cityCode, clerk }: Pick<Entrants, 'cityCode' | 'clerk'>,
  over: Plain<EntryDraft> = {},
): Promise<EntryApplicationView> =>
  cloud.must(
    'entry.saveApplication',
    { cityCode, ...usualEntry(cityCode, dayOf(cloud.nowMs())), ...over } as Plain<EntryDraft> & {
      cityCode: CityCode;
    },
    clerk,
  );

/** Leads a draft on, step by step, until it is in this state; where it is approved, no account row gets a role. */
export async function leadEntry(
  cloud: TestCloud,
  { clerk, reviewers: [sealer], province }: Entrants,
  { id: applicationId, adminAccounts }: EntryApplicationView,
  to: EntryStatus,
): Promise<void> {
  const of = { applicationId };
  const seal = async (block: SealBlock, by: Caller) =>
    cloud.must('entry.sealApplication', await aSeal(cloud, applicationId, block, by), by);
  const roles = adminAccounts.map(({ rowKey }) => ({ rowKey, role: 'none' as const }));
  const steps: [EntryStatus, () => Promise<unknown>][] = [
    ['draft', async () => undefined],
    ['submitted', () => cloud.must('entry.submitApplication', of, clerk)],
    ['citySealed', () => seal('cityHrssIt', sealer)],
    ['provinceSealed', () => seal('provinceHrssIt', province)],
    ['sent', () => cloud.must('entry.sendApplication', of, province)],
    ['approved', () => cloud.must('entry.approveApplication', { ...of, roles }, province)],
  ];
  if (to === 'returned') {
    await cloud.must('entry.submitApplication', of, clerk);
    await cloud.must('entry.returnApplication', { ...of, reason: '公章不清楚' }, sealer);
    return;
  }
  for (const [status, take] of steps) {
    if (status === 'approved') {
      await seal('platformOperator', province);
      await seal('mohrssInfoCentre', province);
    }
    await take();
    if (status === to) return;
  }
}
