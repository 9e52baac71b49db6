import { createFunction } from '../shared/runtime/function';
import { getApplication, listApplications } from './applications';
import { approveApplication } from './approve-application';
import { addChannel, getCoverage, listChannels, setChannel } from './channels';
import { createClient, listClients, renewClientSecret, revokeClient } from './clients';
import { setDeadline } from './deadline';
import { checkChannels, getChannelForm, importChannels, startUpload } from './import-channels';
import { getJob, listJobRefusals } from './jobs';
import { openScan } from './open-scan';
import { returnApplication } from './return-application';
import { saveApplication } from './save-application';
import { sealApplication, startScanUpload } from './seal-application';
import { sendApplication } from './send-application';
import { submitApplication } from './submit-application';
import { unmaskApplication } from './unmask-application';

export const main = createFunction('entry', [
  listChannels,
  getCoverage,
  addChannel,
  setChannel,
  getChannelForm,
  startUpload,
  checkChannels,
  importChannels,
  saveApplication,
  submitApplication,
  startScanUpload,
  sealApplication,
  sendApplication,
  approveApplication,
  returnApplication,
  getApplication,
  listApplications,
  unmaskApplication,
  openScan,
  setDeadline,
  getJob,
  listJobRefusals,
  createClient,
  listClients,
  renewClientSecret,
  revokeClient,
]);
