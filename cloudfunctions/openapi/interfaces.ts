import { getTraineeByQr } from './get-trainee-by-qr';
import { getVoucherStatus } from './get-voucher-status';
import { listTemplates } from './list-templates';
import { listUserVouchers } from './list-user-vouchers';
import type { AnyOpenInterface } from './open-interface';
import { scanVoucher } from './scan-voucher';
import { settleVouchers } from './settle-vouchers';
import { voidClaimedVouchers } from './void-claimed-vouchers';

/** Every interface, in the order of Annex 2, then those beside it: the one table, which the document is made of. */
export const INTERFACES: readonly AnyOpenInterface[] = [
  scanVoucher,
  getVoucherStatus,
  voidClaimedVouchers,
  listUserVouchers,
  settleVouchers,
  listTemplates,
  getTraineeByQr,
];
