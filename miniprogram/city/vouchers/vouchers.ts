import type { PageInput } from '../../contract/paging';
import type { VoucherView } from '../../contract/vouchers';
import { PagedList } from '../../services/paged-list';
import { pageData } from '../../services/page-state';
import { listVouchers } from '../../services/vouchers';
import { rowsData, showFirst, showMore } from '../services/rows';
import type { RecordRow } from '../view/record-row';
import { isVoucherStatus, toVoucherRow, VOUCHER_LIST_FILTERS } from '../view/vouchers';

/** Vouchers of a class or of a template. */
export default Page({
  data: { ...pageData(), ...rowsData<RecordRow>(), filters: VOUCHER_LIST_FILTERS, filter: '' },

  list: undefined as PagedList<VoucherView> | undefined,
  owner: {} as { classId?: string; templateId?: string },

  onLoad({ classId, templateId }) {
    this.owner = { ...(classId && { classId }), ...(templateId && { templateId }) };
    this.list = new PagedList(input => this.ask(input));
  },

  onShow() {
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  onReachBottom() {
    void this.onMore();
  },

  ask(input: PageInput) {
    const { filter } = this.data;
    return listVouchers({ ...this.owner, ...input, ...(isVoucherStatus(filter) && { status: filter }) });
  },

  load() {
    return showFirst(this, {
      list: this.list,
      toRow: toVoucherRow,
      emptyState: this.data.filter === '' ? 'empty' : 'ready',
    });
  },

  onMore() {
    return showMore(this, { list: this.list, toRow: toVoucherRow });
  },
  onFilterPick({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.setData({ filter: detail.id });
    void this.load();
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
