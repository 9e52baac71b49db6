import * as v from 'valibot';
import { ChannelNumber } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { openGateway } from './gateway';

export const startSignIn = operation('account.startSignIn', {
  input: v.strictObject({ channelNumber: v.exactOptional(ChannelNumber) }),
  run: ({ input, deadlineMs }) => openGateway(deadlineMs).startSignIn(input),
});
