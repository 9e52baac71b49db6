import { migration as verificationsIntoVouchers } from './0001-verifications-into-vouchers';
import { migration as issueModeIntoClasses } from './0002-issue-mode-into-classes';
import { migration as paymentReferences } from './0010-payment-references-of-batches';
import type { Migration } from './migration';

/** In the order in which they run. */
export const MIGRATIONS: readonly Migration[] = [
  verificationsIntoVouchers,
  issueModeIntoClasses,
  paymentReferences,
];
