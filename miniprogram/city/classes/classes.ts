import { isCityCode } from '../../contract/areas';
import type { PageInput } from '../../contract/paging';
import type { ClassView } from '../../contract/training';
import { PagedList } from '../../services/paged-list';
import { pageData } from '../../services/page-state';
import { listClasses } from '../../services/training';
import { currentGrants } from '../../pages/manage/grants';
import { rowsData, showFirst, showMore } from '../services/rows';
import { CLASS_FILTERS, isClassStatus, toClassRow } from '../view/classes';
import type { RecordRow } from '../view/record-row';
import { cityFilters } from '../../pages/manage/scope';

export default Page({
  data: {
    ...pageData(),
    ...rowsData<RecordRow>(),
    filters: CLASS_FILTERS,
    filter: '',
    cities: cityFilters([]),
    city: '',
  },

  list: undefined as PagedList<ClassView> | undefined,

  onLoad(query) {
    this.list = new PagedList(input => this.ask(input));
    this.setData({ filter: query['status'] ?? '', cities: cityFilters(currentGrants()) });
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
    const { filter, city } = this.data;
    return listClasses({
      ...input,
      ...(isClassStatus(filter) && { status: filter }),
      ...(isCityCode(city) && { cityCode: city }),
    });
  },

  load() {
    const isFiltered = this.data.filter !== '' || this.data.city !== '';
    return showFirst(this, {
      list: this.list,
      toRow: toClassRow,
      emptyState: isFiltered ? 'ready' : 'empty',
    });
  },

  onMore() {
    return showMore(this, { list: this.list, toRow: toClassRow });
  },
  onFilterPick({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.setData({ filter: detail.id });
    void this.load();
  },
  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ city: detail.value });
    void this.load();
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
