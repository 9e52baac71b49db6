import type { ChannelView } from '../../../miniprogram/contract/channels';
import type { ChangeStep } from './change-step';
import { DocumentCollection, type Stored } from './document-collection';

/** `id` is the channel number. */
export interface Channel extends Stored, Omit<ChannelView, 'channelNumber'> {
  history: ChangeStep[];
}

export const channels = new DocumentCollection<Channel>('channels');
