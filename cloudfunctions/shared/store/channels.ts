import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ChannelView } from '../../../miniprogram/contract/channels';
import type { ChannelNumber } from '../../../miniprogram/contract/ids';
import type { AreaCount } from '../domain/scope';
import type { ChangeStep } from './change-step';
import { JoinedRead } from './joined-read';
import { PlacedCollection, toAreaCounts } from './placed-collection';
import { oneOf } from './query';

export interface Channel extends Omit<ChannelView, 'channelNumber' | 'voucherOpenSinceMs' | 'openings'> {
  id: ChannelNumber;
  version: number;
  history: ChangeStep[];
}

export const channels = new PlacedCollection<Channel, 'channels'>('channels');

/** Of the issuing channels of these cities: how many there are, and how many of them are open for vouchers. */
export function coverageOf(
  cityCodes: readonly CityCode[],
): JoinedRead<Record<'issuing' | 'open', AreaCount[]>> {
  const ofCities = { cityCode: oneOf(cityCodes), issuing: true };
  const joins = {
    issuing: channels.joinCounts(ofCities),
    open: channels.joinCounts({ ...ofCities, voucherOpen: true }),
  };
  return new JoinedRead(joins, ({ issuing, open }) => ({
    issuing: toAreaCounts(issuing),
    open: toAreaCounts(open),
  }));
}
