import { createFunction } from '../shared/runtime/function';
import { addChannel, listChannels, setChannel } from './channels';

export const main = createFunction<'entry'>({
  'entry.listChannels': listChannels,
  'entry.addChannel': addChannel,
  'entry.setChannel': setChannel,
});
