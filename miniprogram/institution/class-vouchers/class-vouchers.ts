import type { PageInput } from '../../contract/paging';
import type { VoucherView } from '../../contract/vouchers';
import { PagedList } from '../../services/paged-list';
import { pageData } from '../../services/page-state';
import { listVouchers } from '../../services/vouchers';
import { growRows, listData, showRows } from '../list-rows';
import { parameter } from '../parameter';
import {
  toVoucherRow,
  VOUCHER_STATUS_FILTERS,
  type VoucherRowView,
  type VoucherStatusFilter,
} from '../view/voucher-row';

const loadVouchers = (classId: string, filter: VoucherStatusFilter) => (page: PageInput) =>
  listVouchers({ classId, ...(filter !== 'all' && { status: filter }), ...page });

export default Page({
  data: {
    ...pageData(),
    ...listData<VoucherRowView>(),
    filters: VOUCHER_STATUS_FILTERS,
    filter: 'all' as VoucherStatusFilter,
  },

  classId: '',
  list: undefined as PagedList<VoucherView> | undefined,

  onLoad(query) {
    this.classId = parameter(query, 'id');
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  /** A new list for each filter: a slow answer of the old one changes nothing. */
  async load() {
    const { filter } = this.data;
    const list = new PagedList(loadVouchers(this.classId, filter));
    this.list = list;
    await showRows(this, { list, toRow: toVoucherRow, whenNone: filter === 'all' ? 'empty' : 'ready' });
  },

  onMore() {
    if (this.list) void growRows(this, { list: this.list, toRow: toVoucherRow });
  },
  onReachBottom() {
    this.onMore();
  },
  onFilterChange({ detail }: WechatMiniprogram.CustomEvent<{ id: VoucherStatusFilter }>) {
    this.setData({ filter: detail.id, rows: [], hasMore: false });
    void this.load();
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
