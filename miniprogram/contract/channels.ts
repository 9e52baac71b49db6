import type { CityCode } from './areas';
import type { ChannelNumber } from './ids';

export type ChannelKind = 'mini_program' | 'app' | 'official_account' | 'web';

/** An e-SSC channel of a city (电子社保卡渠道). Vouchers can be claimed only through those opened for them. */
/** A state of a channel and when it began. */
export interface ChannelOpening {
  voucherOpen: boolean;
  sinceMs: number;
}

/** States of a channel that an answer tells, at most. */
export const CHANNEL_OPENINGS_SHOWN_MAX = 10;

export interface ChannelView {
  channelNumber: ChannelNumber;
  cityCode: CityCode;
  name: string;
  kind: ChannelKind;
  /** Issues e-SSC (签发渠道): the denominator of the 80 % rule. */
  issuing: boolean;
  /** Open for vouchers (开通职业培训券). */
  voucherOpen: boolean;
  /** Since when it is open, or closed. Absent where nobody noted it. */
  voucherOpenSinceMs?: number;
  /** This state and those before, the latest first. */
  openings?: ChannelOpening[];
}

/** How many of a city's issuing channels are open for vouchers (notice 一: at least 80 %). */
export interface ChannelCoverage {
  cityCode: CityCode;
  issuingCount: number;
  openCount: number;
}
