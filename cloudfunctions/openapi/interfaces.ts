import { addCertificateOfPerson } from './add-certificate';
import { addInstitutions } from './add-institutions';
import { addTrainees } from './add-trainees';
import { createLesson } from './create-lesson';
import { getTraineeByQr } from './get-trainee-by-qr';
import { getVoucherStatus } from './get-voucher-status';
import { listTemplates } from './list-templates';
import { listUserVouchers } from './list-user-vouchers';
import type { AnyOpenInterface } from './open-interface';
import { getPush, pushVouchers } from './push-vouchers';
import { recordAttendanceOfLesson } from './record-attendance';
import { scanVoucher } from './scan-voucher';
import { settleVouchers } from './settle-vouchers';
import { voidClaimedVouchers } from './void-claimed-vouchers';

/** Every interface, in the order of Annex 2, then those beside it: the one table, which the document is made of. */
export const INTERFACES: readonly AnyOpenInterface[] = [
  scanVoucher,
  addTrainees,
  getVoucherStatus,
  addInstitutions,
  voidClaimedVouchers,
  recordAttendanceOfLesson,
  listUserVouchers,
  settleVouchers,
  listTemplates,
  getTraineeByQr,
  addCertificateOfPerson,
  createLesson,
  pushVouchers,
  getPush,
];
