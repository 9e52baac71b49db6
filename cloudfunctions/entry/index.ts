import { createFunction } from '../shared/runtime/function';
import { getApplication, listApplications } from './applications';
import { approveApplication } from './approve-application';
import { createClient, listClients, renewClientSecret, revokeClient } from './clients';
import { addChannel, listChannels, setChannel } from './channels';
import { setDeadline } from './deadline';
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
  addChannel,
  setChannel,
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
