import { CITY_CODES, type CityCode } from '../../miniprogram/contract/areas';
import type { EntryApplicationId } from '../../miniprogram/contract/ids';
import type { EntryApplication } from '../shared/domain/entry-application';
import { EMPTY_FORM } from '../shared/domain/entry-form';
import { encryptForm } from '../shared/people/entry-form-ciphers';
import { channels, type Channel } from '../shared/store/channels';
import { approvedEntries, entryApplications } from '../shared/store/entry-applications';
import { templates } from '../shared/store/templates';
import type { Migration } from './migration';

/** Sorts before every application that somebody has begun. */
const idOf = (cityCode: CityCode): EntryApplicationId => `000000000-${cityCode}` as EntryApplicationId;

/**
 * Network entry (入网申请) was not recorded here before. A city that has opened a channel or published a template has entered:
 * its entry allows what was allowed until now, every mode and no interface.
 */
export const migration: Migration = {
  name: '0030-entry-of-cities-at-work',
  changes: '已开通渠道或已发布券模板的市，补记为已通过入网申请。',

  count: async () => {
    const atWork = await citiesAtWork();
    const entered = await Promise.all(
      atWork.map(async city => (await approvedEntries(city.cityCode)).length > 0),
    );
    return { left: entered.filter(has => !has).length, atWork: atWork.length };
  },

  step: async () => {
    const atWork = await citiesAtWork();
    let done = 0;
    for (const city of atWork) if (await recordEntry(city)) done++;
    return { cursor: '', done, finished: true };
  },
};

interface CityAtWork {
  cityCode: CityCode;
  channel: Channel | undefined;
}

async function citiesAtWork(): Promise<CityAtWork[]> {
  const found: CityAtWork[] = [];
  for (const cityCode of CITY_CODES) {
    const [channel, published] = await Promise.all([
      channels.findWhere({ cityCode, voucherOpen: true }),
      templates.findWhere({ cityCode, status: 'published' }),
    ]);
    if (channel || published) found.push({ cityCode, channel });
  }
  return found;
}

/** @returns whether the city's entry is one that was recorded so, now or by an earlier run. */
async function recordEntry({ cityCode, channel }: CityAtWork): Promise<boolean> {
  const entered = await approvedEntries(cityCode);
  if (entered.length > 0) return entered.some(({ id }) => id === idOf(cityCode));
  await entryApplications.insert(toEntry({ cityCode, channel }, Date.now()));
  return true;
}

const toEntry = ({ cityCode, channel }: CityAtWork, nowMs: number): EntryApplication => ({
  id: idOf(cityCode),
  version: 1,
  cityCode,
  status: 'approved',
  revision: 1,
  form: encryptForm(
    {
      ...EMPTY_FORM,
      issueModes: ['general', 'targeted'],
      functionModes: ['face_value', 'credit'],
      ...(channel && {
        channelName: channel.name,
        channelNumber: channel.id,
        channelKind: channel.kind,
      }),
    },
    '',
  ),
  seals: {},
  filledAtMs: nowMs,
  history: [
    {
      command: 'approve',
      from: 'none',
      to: 'approved',
      atMs: nowMs,
      by: { role: 'system' },
      requestId: 'migrate-0030',
      reason: '入网申请登记启用前已开通',
    },
  ],
});
