import type { VoucherStatus } from '../../contract/vouchers';
import { listPage } from '../../page-behaviour/list-page';
import { caller } from '../../services/cloud';
import { parameter } from '../parameter';
import { toVoucherRow, VOUCHER_STATUS_FILTERS } from '../view/voucher-row';

const listVouchers = caller('voucher.listVouchers');

const list = listPage({
  ask: listVouchers,
  toRow: voucher => toVoucherRow(voucher, Date.now()),
  owner: { classId: '' },
  filter: { status: '' as VoucherStatus | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: VOUCHER_STATUS_FILTERS },

  onLoad(query) {
    this.owner = { classId: parameter(query, 'id') };
  },
});
