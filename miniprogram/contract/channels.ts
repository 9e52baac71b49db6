import type { CityCode } from './areas';
import type { ChannelNumber } from './ids';

export type ChannelKind = 'mini_program' | 'app' | 'official_account' | 'web';

/** An e-SSC channel of a city (电子社保卡渠道). Vouchers can be claimed only through those opened for them. */
export interface ChannelView {
  channelNumber: ChannelNumber;
  cityCode: CityCode;
  name: string;
  kind: ChannelKind;
  /** Issues e-SSC (签发渠道): the denominator of the 80 % rule. */
  issuing: boolean;
  /** Open for vouchers (开通职业培训券). */
  voucherOpen: boolean;
}
