/** A good input of every interface, as a client sends it. What it names need not exist. */
import type { OpenInterface } from '../../../miniprogram/contract/open-interfaces';
import { anIdNumber } from '../../support/people';

const idNumber = anIdNumber(1);
const voucherCodes = ['370120260000000001X'];
const qrText = 'SDV1.aaaaaaaaaaaaaaaa.aaaaaa.aaaaaaaa.0000000000000000';

export const SAMPLES: Partial<Record<OpenInterface, Readonly<Record<string, unknown>>>> = {
  scanVoucher: { qrText, administratorIdNumber: idNumber },
  getVoucherStatus: { voucherCodes },
  voidClaimedVouchers: { officerIdNumber: idNumber, reason: '报名信息有误', voucherCodes },
  listUserVouchers: { idNumber },
  settleVouchers: {
    administratorIdNumber: idNumber,
    projectId: 'pre_job',
    title: '十一月结算',
    voucherCodes,
  },
  listTemplates: {},
  getTraineeByQr: { qrText },
};
