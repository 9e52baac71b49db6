import type { VoucherStatus } from '../../contract/vouchers';
import { listPage } from '../../page-behaviour/list-page';
import { caller } from '../../services/cloud';
import { toVoucherRow, VOUCHER_LIST_FILTERS } from '../view/vouchers';

const listVouchers = caller('voucher.listVouchers');

const list = listPage({
  ask: listVouchers,
  toRow: voucher => toVoucherRow(voucher, Date.now()),
  owner: {} as { classId?: string; templateId?: string },
  filter: { status: '' as VoucherStatus | '' },
});

/** Vouchers of a class or of a template. */
export default Page({
  ...list,
  data: { ...list.data, statuses: VOUCHER_LIST_FILTERS },

  onLoad({ classId, templateId }) {
    this.owner = { ...(classId && { classId }), ...(templateId && { templateId }) };
  },
});
