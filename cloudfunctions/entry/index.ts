import { createFunction } from '../shared/runtime/function';
import { addChannel, listChannels, setChannel } from './channels';

export const main = createFunction('entry', [listChannels, addChannel, setChannel]);
