import type { PageInput } from '../../contract/paging';
import type { BatchView } from '../../contract/settlement';
import { PagedList } from '../../services/paged-list';
import { pageData } from '../../services/page-state';
import { listBatches } from '../../services/settlement';
import { findInstitutionId } from '../../services/work-place';
import { growRows, listData, showRows } from '../list-rows';
import { BATCH_FILTERS, toBatchRow, type BatchFilter, type BatchRowView } from '../view/batch';

const loadBatches = (filter: BatchFilter) => (page: PageInput) =>
  listBatches({
    institutionId: findInstitutionId() ?? '',
    ...(filter !== 'all' && { status: filter }),
    ...page,
  });

export default Page({
  data: {
    ...pageData(),
    ...listData<BatchRowView>(),
    filters: BATCH_FILTERS,
    filter: 'all' as BatchFilter,
  },

  list: undefined as PagedList<BatchView> | undefined,

  onShow() {
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    const { filter } = this.data;
    const list = new PagedList(loadBatches(filter));
    this.list = list;
    await showRows(this, { list, toRow: toBatchRow, whenNone: filter === 'all' ? 'empty' : 'ready' });
  },

  onFilterChange({ detail }: WechatMiniprogram.CustomEvent<{ id: BatchFilter }>) {
    this.setData({ filter: detail.id, rows: [], hasMore: false });
    void this.load();
  },
  onMore() {
    if (this.list) void growRows(this, { list: this.list, toRow: toBatchRow });
  },
  onReachBottom() {
    this.onMore();
  },
  onRowTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    void wx.navigateTo({ url: (currentTarget.dataset as { url: string }).url });
  },
  onNewPress() {
    void wx.navigateTo({ url: '/institution/batch-form/batch-form' });
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
