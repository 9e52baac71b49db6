import { createFunction } from '../shared/runtime/function';
import { createClient, listClients, renewClientSecret, revokeClient } from './clients';
import { addChannel, listChannels, setChannel } from './channels';

export const main = createFunction('entry', [
  listChannels,
  addChannel,
  setChannel,
  createClient,
  listClients,
  renewClientSecret,
  revokeClient,
]);
