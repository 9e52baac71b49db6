import type { ChannelView } from '../../../miniprogram/contract/channels';
import type { ChannelNumber } from '../../../miniprogram/contract/ids';
import type { ChangeStep } from './change-step';
import { DocumentCollection } from './document-collection';

export interface Channel extends Omit<ChannelView, 'channelNumber'> {
  id: ChannelNumber;
  version: number;
  history: ChangeStep[];
}

export const channels = new DocumentCollection<Channel, 'channels'>('channels');
