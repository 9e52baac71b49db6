import type { ChannelView } from '../../../miniprogram/contract/channels';
import { DocumentCollection, type Stored } from './document-collection';

/** `id` is the channel number. */
export interface Channel extends Stored, Omit<ChannelView, 'channelNumber'> {}

export const channels = new DocumentCollection<Channel>('channels');
