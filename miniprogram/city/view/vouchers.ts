import type { Grant } from '../../contract/roles';
import {
  isReversible,
  isVoidable,
  VOIDABLE_STATUSES,
  VOUCHER_STATUS_NAMES,
  VOUCHER_STATUSES,
  type VoucherCounts,
  type VoucherView,
} from '../../contract/vouchers';
import { cityUrl } from '../../view/city-url';
import { canAct } from '../../view/grants';
import { statusFilters } from '../../view/status-filters';
import { groupCode, statusOf } from '../../view/voucher';
import type { RecordRow } from './record-row';

/** Those that are being made stand, with what keeps them waiting, on the page of the ministry's platform. */
export const VOUCHER_LIST_FILTERS = statusFilters(
  VOUCHER_STATUS_NAMES,
  VOUCHER_STATUSES.filter(status => status !== 'making'),
);

export const toVoucherRow = (voucher: VoucherView, nowMs: number): RecordRow => ({
  id: voucher.id,
  title: voucher.holderName,
  ...statusOf(voucher, nowMs),
  lines: [`券码 ${groupCode(voucher.code)}`],
  figure: '',
  url: cityUrl('voucher-detail', { voucherId: voucher.id }),
});

export interface VoucherActions {
  canVoid: boolean;
  canReverse: boolean;
}

export function voucherActions(voucher: VoucherView, grants: readonly Grant[]): VoucherActions {
  const isClerk = canAct(grants, 'clerk', voucher);
  return {
    canVoid: isClerk && isVoidable(voucher.status),
    canReverse: isClerk && isReversible(voucher.status),
  };
}

export const countVoidable = (counts: VoucherCounts): number =>
  VOIDABLE_STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
