import * as v from 'valibot';
import type { CityCode } from '../../miniprogram/contract/areas';
import { fail, ok } from '../../miniprogram/contract/result';
import { judgeChannel } from '../shared/domain/channel';
import { claim } from '../shared/domain/decisions';
import { asWorker } from '../shared/domain/scope';
import { isShownTo } from '../shared/domain/voucher';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { ChannelNumber, VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { channels } from '../shared/store/channels';
import { findWithChannel } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';

export const claimVoucher = operation('voucher.claim', {
  input: v.strictObject({ voucherId: VoucherId, channelNumber: ChannelNumber }),
  load: ({ voucherId, channelNumber }) => findWithChannel(voucherId, channelNumber),
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }, found) => {
    if (!found || !isShownTo(actor.personKey, found.voucher)) return fail('voucher_not_found');
    const { cityCode } = found.voucher;
    const channel = judgeChannel(input.channelNumber, cityCode, found.channel);
    const context = { by: asWorker(actor), nowMs, requestId: request.id, channel };
    const mark = { command: 'claim', requestId: request.id, personKey: actor.personKey } as const;
    const changed = await changeVoucher(found.voucher, mark, voucher => claim(voucher, context));
    if (changed.ok) return ok(toReceipt(changed.data.voucher, changed.data.entry));
    if (changed.error.code !== 'channel_not_open') return changed;
    return fail('channel_not_open', { openChannels: await namesOfOpenChannels(cityCode) });
  },
});

/** Enough to choose from; more would be no sentence any more. */
const CHANNELS_NAMED_MAX = 20;

/** For the worker who came the wrong way. */
async function namesOfOpenChannels(cityCode: CityCode): Promise<string[]> {
  const all = await channels.readAll({ cityCode });
  const open = all.filter(({ voucherOpen }) => voucherOpen);
  return open.slice(0, CHANNELS_NAMED_MAX).map(({ name }) => name);
}
