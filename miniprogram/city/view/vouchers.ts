import type { Grant } from '../../contract/roles';
import { VOUCHER_STATUS_NAMES, VOUCHER_STATUSES, type VoucherView } from '../../contract/vouchers';
import { cityUrl } from '../../view/city-url';
import { canAct } from '../../view/grants';
import { groupCode, statusOf } from '../../view/voucher';
import type { Filter, RecordRow } from './record-row';

export const VOUCHER_LIST_FILTERS: Filter[] = [
  { id: '', text: '全部' },
  ...VOUCHER_STATUSES.map(status => ({ id: status, text: VOUCHER_STATUS_NAMES[status] })),
];

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

/** Only what nobody has used can be voided; a scan is taken back only before the voucher is in a settlement. */
export function voucherActions(voucher: VoucherView, grants: readonly Grant[]): VoucherActions {
  const isClerk = canAct(grants, 'clerk', voucher.cityCode);
  return {
    canVoid: isClerk && (voucher.status === 'issued' || voucher.status === 'claimed'),
    canReverse: isClerk && voucher.status === 'used',
  };
}
