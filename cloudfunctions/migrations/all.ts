import { migration as verificationsIntoVouchers } from './0001-verifications-into-vouchers';
import { migration as issueModeIntoClasses } from './0002-issue-mode-into-classes';
import { migration as quotaOfUnusedVouchers } from './0003-quota-of-unused-vouchers';
import { migration as paymentReferences } from './0010-payment-references-of-batches';
import { migration as grantsOfSuspendedInstitutions } from './0020-grants-of-suspended-institutions';
import { migration as entryOfCitiesAtWork } from './0030-entry-of-cities-at-work';
import { migration as suspensionsInAccounts } from './0050-suspensions-in-accounts';
import type { Migration } from './migration';

/** In the order in which they run. */
export const MIGRATIONS: readonly Migration[] = [
  verificationsIntoVouchers,
  issueModeIntoClasses,
  quotaOfUnusedVouchers,
  paymentReferences,
  grantsOfSuspendedInstitutions,
  entryOfCitiesAtWork,
  suspensionsInAccounts,
];
