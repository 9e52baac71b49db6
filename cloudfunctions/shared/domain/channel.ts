import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ChannelNumber } from '../../../miniprogram/contract/ids';

/** The channel through which a worker came. */
export interface ChannelOfClaim {
  channelNumber: ChannelNumber;
  isOpen: boolean;
}

/** Each city fixes the channels of its vouchers among its e-SSC channels. Notice 二(四). */
export const judgeChannel = (
  channelNumber: ChannelNumber,
  cityCode: CityCode,
  found: { cityCode: CityCode; voucherOpen: boolean } | undefined,
): ChannelOfClaim => ({
  channelNumber,
  isOpen: found !== undefined && found.voucherOpen && found.cityCode === cityCode,
});
