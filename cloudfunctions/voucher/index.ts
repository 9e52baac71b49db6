import { createFunction } from '../shared/runtime/function';
import { claimVoucher } from './claim';
import { issueVouchers } from './issue';
import { getJob, listJobRefusals } from './jobs';
import { getVoucher, listVouchers } from './look-up';
import { getMine, listMine } from './my-vouchers';
import { showCode } from './show-code';
import {
  amendTemplate,
  closeTemplate,
  createTemplate,
  getTemplate,
  listTemplates,
  publishTemplate,
} from './templates';
import { voidBatch, voidOne } from './void';

export const main = createFunction<'voucher'>({
  'voucher.createTemplate': createTemplate,
  'voucher.amendTemplate': amendTemplate,
  'voucher.publishTemplate': publishTemplate,
  'voucher.closeTemplate': closeTemplate,
  'voucher.getTemplate': getTemplate,
  'voucher.listTemplates': listTemplates,
  'voucher.issue': issueVouchers,
  'voucher.listMine': listMine,
  'voucher.getMine': getMine,
  'voucher.claim': claimVoucher,
  'voucher.showCode': showCode,
  'voucher.listVouchers': listVouchers,
  'voucher.getVoucher': getVoucher,
  'voucher.void': voidOne,
  'voucher.voidBatch': voidBatch,
  'voucher.getJob': getJob,
  'voucher.listJobRefusals': listJobRefusals,
});
