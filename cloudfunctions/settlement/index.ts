import { createFunction } from '../shared/runtime/function';
import { checkCodes } from './check-codes';
import { createBatch } from './create-batch';
import { addVouchers, importCodes } from './import-codes';
import { getJob, listJobRefusals } from './jobs';
import { getBatch, listBatches, listItems } from './look-up';
import { payBatch } from './pay-batch';
import { removeItem } from './remove-item';
import { returnBatch } from './return-batch';
import { approveBatch, reviewBatch } from './review-batch';
import { submitBatch } from './submit-batch';

export const main = createFunction<'settlement'>({
  'settlement.createBatch': createBatch,
  'settlement.checkCodes': checkCodes,
  'settlement.importCodes': importCodes,
  'settlement.addVouchers': addVouchers,
  'settlement.removeItem': removeItem,
  'settlement.submitBatch': submitBatch,
  'settlement.reviewBatch': reviewBatch,
  'settlement.approveBatch': approveBatch,
  'settlement.returnBatch': returnBatch,
  'settlement.payBatch': payBatch,
  'settlement.getBatch': getBatch,
  'settlement.listBatches': listBatches,
  'settlement.listItems': listItems,
  'settlement.getJob': getJob,
  'settlement.listJobRefusals': listJobRefusals,
});
