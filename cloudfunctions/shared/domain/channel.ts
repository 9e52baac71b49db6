import type { ChannelNumber } from '../../../miniprogram/contract/ids';

/** The channel through which a worker came, judged against the city's list. */
export interface ChannelOfClaim {
  channelNumber: ChannelNumber;
  isOpen: boolean;
  /** Names of those that are open, for the worker who came the wrong way. */
  openChannels: readonly string[];
}

/** Each city fixes the channels of its vouchers among its e-SSC channels. Notice 二(四). */
export function judgeChannel(
  channelNumber: ChannelNumber,
  channels: readonly { id: ChannelNumber; name: string; voucherOpen: boolean }[],
): ChannelOfClaim {
  const open = channels.filter(channel => channel.voucherOpen);
  return {
    channelNumber,
    isOpen: open.some(channel => channel.id === channelNumber),
    openChannels: open.map(channel => channel.name),
  };
}
