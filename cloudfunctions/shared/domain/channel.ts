import type { ChannelOpening } from '../../../miniprogram/contract/channels';
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

/** What the history of a channel must tell of each change. */
interface ChannelChange {
  atMs: number;
  changes: readonly { field: string; from: unknown; to: unknown }[];
}

/** Since when a channel has been open and closed for vouchers, the latest first. Nothing for one without a history. */
export function openingsOf({
  voucherOpen,
  history,
}: {
  voucherOpen: boolean;
  history: readonly ChannelChange[];
}): ChannelOpening[] {
  const [first] = history;
  if (!first) return [];
  const switches = history.flatMap(({ atMs, changes }) =>
    changes.filter(({ field }) => field === 'voucherOpen').map(({ from, to }) => ({ atMs, from, to })),
  );
  const atFirst = switches[0] ? switches[0].from === true : voucherOpen;
  return [
    { voucherOpen: atFirst, sinceMs: first.atMs },
    ...switches.map(({ atMs, to }) => ({ voucherOpen: to === true, sinceMs: atMs })),
  ].reverse();
}
