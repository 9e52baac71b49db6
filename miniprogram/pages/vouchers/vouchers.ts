import type { VoucherView } from '../../contract/vouchers';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { PagedList } from '../../page-behaviour/paged-list';
import { caller } from '../../services/cloud';
import {
  matchesFilter,
  toVoucherCard,
  VOUCHER_FILTERS,
  type VoucherCardView,
  type VoucherFilter,
} from '../../view/voucher';

const listMyVouchers = caller('voucher.listMine');

/** A tab page has one instance, so its list can stand here. */
const list = new PagedList<VoucherView>(listMyVouchers);

export default Page({
  ...loadingPage(),
  data: {
    ...pageData(),
    filters: VOUCHER_FILTERS,
    filter: 'all' as VoucherFilter,
    cards: [] as VoucherCardView[],
    hasMore: false,
    loadingMore: false,
  },

  onReachBottom() {
    void this.loadMore();
  },

  async load() {
    const answer = await list.refresh();
    if (!answer) return;
    if (!answer.ok) return showFailure(this, answer.error);
    this.setData({
      state: answer.data.length > 0 ? 'ready' : 'empty',
      refusal: null,
      cards: this.toCards(),
      hasMore: list.hasMore,
    });
  },

  async loadMore() {
    if (!list.hasMore || this.data.loadingMore) return;
    this.setData({ loadingMore: true });
    const answer = await list.more();
    this.setData({ loadingMore: false });
    if (answer && !answer.ok) return showFailure(this, answer.error);
    this.setData({ cards: this.toCards(), hasMore: list.hasMore });
  },

  toCards(): VoucherCardView[] {
    const nowMs = Date.now();
    const shown = list.items.filter(voucher => matchesFilter(voucher, this.data.filter, nowMs));
    return shown.map(voucher => toVoucherCard(voucher, nowMs));
  },

  onFilterChange({ detail }: WechatMiniprogram.CustomEvent<{ value: VoucherFilter }>) {
    this.data.filter = detail.value;
    this.setData({ filter: detail.value, cards: this.toCards() });
  },
  onMore() {
    void this.loadMore();
  },
  onOpen({ detail }: WechatMiniprogram.CustomEvent<{ url: string }>) {
    void openPage(detail.url);
  },
});
