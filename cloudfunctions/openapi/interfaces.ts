import type { AnyOpenInterface } from './open-interface';
import { getVoucherStatus } from './get-voucher-status';

/** Every interface, in the order of Annex 2, then those beside it: the one table, which the document is made of. */
export const INTERFACES: readonly AnyOpenInterface[] = [getVoucherStatus];
