import { createFunction } from '../shared/runtime/function';
import { addChannel, getCoverage, listChannels, setChannel } from './channels';
import { createClient, listClients, renewClientSecret, revokeClient } from './clients';
import { checkChannels, getChannelForm, importChannels, startUpload } from './import-channels';

export const main = createFunction('entry', [
  listChannels,
  getCoverage,
  addChannel,
  setChannel,
  getChannelForm,
  startUpload,
  checkChannels,
  importChannels,
  createClient,
  listClients,
  renewClientSecret,
  revokeClient,
]);
