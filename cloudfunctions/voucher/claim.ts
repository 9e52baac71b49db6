import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { judgeChannel } from '../shared/domain/channel';
import { claim } from '../shared/domain/decisions';
import { asWorker } from '../shared/domain/scope';
import { changeVoucher } from '../shared/runtime/change-voucher';
import { ChannelNumber, VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { findWithChannels } from '../shared/store/vouchers';
import { toReceipt } from '../shared/views/voucher-view';

export const claimVoucher = operation('voucher.claim', {
  input: v.strictObject({ voucherId: VoucherId, channelNumber: ChannelNumber }),
  load: ({ voucherId }) => findWithChannels(voucherId),
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }, found) => {
    if (found?.voucher.personKey !== actor.personKey) return fail('voucher_not_found');
    const channel = judgeChannel(input.channelNumber, found.channels);
    const context = { by: asWorker(actor), nowMs, requestId: request.id, channel };
    const mark = { command: 'claim', requestId: request.id, personKey: actor.personKey } as const;
    const changed = await changeVoucher(found.voucher, mark, voucher => claim(voucher, context));
    return changed.ok ? ok(toReceipt(changed.data.voucher, changed.data.entry)) : changed;
  },
});
