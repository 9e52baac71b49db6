import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { claim, type ChannelOfClaim } from '../shared/domain/decisions';
import { actingAsWorker } from '../shared/domain/scope';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { ChannelNumber, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import type { Channel } from '../shared/store/channels';
import { findWithChannels } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';

function judgeChannel(channelNumber: string, channels: readonly Channel[]): ChannelOfClaim {
  const open = channels.filter(channel => channel.voucherOpen);
  return {
    channelNumber,
    isOpen: open.some(channel => channel.id === channelNumber),
    openChannels: open.map(channel => channel.name),
  };
}

export const claimVoucher = operation('voucher.claim', {
  input: v.strictObject({ voucherId: Id, channelNumber: ChannelNumber }),
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }) => {
    const found = await findWithChannels(input.voucherId);
    if (found?.voucher.personKey !== actor.personKey) return fail('voucher_not_found');
    const channel = judgeChannel(input.channelNumber, found.channels);
    const context = { by: actingAsWorker(actor), nowMs, requestId: request.id, channel };
    const mark = { command: 'claim', requestId: request.id, personKey: actor.personKey } as const;
    const changed = await changeVoucher(found.voucher, mark, voucher => claim(voucher, context));
    return changed.ok ? ok(toReceipt(changed.data.voucher, changed.data.entry)) : changed;
  },
});
