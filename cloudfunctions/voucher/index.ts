import { createFunction } from '../shared/runtime/function';
import { claimVoucher } from './claim';
import { issueVouchers } from './issue';
import { getJob, listJobRefusals } from './jobs';
import { getVoucher, listVouchers } from './look-up';
import { getMine, listMine } from './my-vouchers';
import { showCode } from './show-code';
import { getTemplate, listTemplates } from './template-look-up';
import { closeTemplate, publishTemplate } from './template-steps';
import { amendTemplate, createTemplate } from './templates';
import { acceptRefusal, countUndelivered, listUndelivered, resendMessage } from './undelivered';
import { voidMany, voidOne } from './void';

export const main = createFunction('voucher', [
  createTemplate,
  amendTemplate,
  publishTemplate,
  closeTemplate,
  getTemplate,
  listTemplates,
  issueVouchers,
  listMine,
  getMine,
  claimVoucher,
  showCode,
  listVouchers,
  getVoucher,
  voidOne,
  voidMany,
  countUndelivered,
  listUndelivered,
  resendMessage,
  acceptRefusal,
  getJob,
  listJobRefusals,
]);
