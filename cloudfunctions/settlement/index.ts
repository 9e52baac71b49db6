import { createFunction } from '../shared/runtime/function';
import { checkCodes } from './check-codes';
import { createBatch } from './create-batch';
import { addVouchers, importCodes } from './import-codes';
import { getJob, listJobRefusals } from './jobs';
import { countWaiting, getBatch, listBatches, listItems } from './look-up';
import { payBatch } from './pay-batch';
import { removeItem } from './remove-item';
import { returnBatch } from './return-batch';
import { approveBatch, reviewBatch } from './review-batch';
import { startUpload } from './start-upload';
import { submitBatch } from './submit-batch';

export const main = createFunction('settlement', [
  createBatch,
  startUpload,
  checkCodes,
  importCodes,
  addVouchers,
  removeItem,
  submitBatch,
  reviewBatch,
  approveBatch,
  returnBatch,
  payBatch,
  getBatch,
  listBatches,
  countWaiting,
  listItems,
  getJob,
  listJobRefusals,
]);
