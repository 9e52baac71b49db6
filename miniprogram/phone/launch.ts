import { config } from '../config';
import type { CityCode } from '../contract/areas';
import { decodeOnce } from '../view/parameter';
import { keepStored, readStored } from '../storage';

const KEY = 'launch-channel';
const CHANNEL_NUMBER = /^\d{10}$/;

/**
 * Keeps the channel (渠道) through whose link the app was opened: `?channel=3701000001`. Also understood in `scene`, which is
 * all that a poster's 小程序码 can carry.
 */
export function keepLaunchChannel(query?: Record<string, unknown> | null): void {
  const { channel, scene } = query ?? {};
  const named = decodeOnce(channel) || decodeOnce(scene).replace(/^channel=/, '');
  if (CHANNEL_NUMBER.test(named)) keepStored(KEY, named);
}

export function findLaunchChannel(): string | undefined {
  const kept: unknown = readStored(KEY);
  return typeof kept === 'string' && CHANNEL_NUMBER.test(kept) ? kept : undefined;
}

/** The channel to name when claiming in a city: the one that led here, else this mini-program's own. */
export const findClaimChannel = (cityCode: CityCode): string | undefined =>
  findLaunchChannel() ?? config.ownChannelNumbers[cityCode];
