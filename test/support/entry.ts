import type { EntryApplication } from '../../cloudfunctions/shared/domain/entry-application';
import { EMPTY_FORM, type EntryForm } from '../../cloudfunctions/shared/domain/entry-form';
import { encryptForm } from '../../cloudfunctions/shared/people/entry-form-ciphers';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { Plain } from '../../miniprogram/contract/brand';
import type { TestCloud } from './test-cloud';

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
