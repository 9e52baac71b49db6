import { isCityCode } from '../../contract/areas';
import type { PageInput } from '../../contract/paging';
import type { TemplateView } from '../../contract/templates';
import { PagedList } from '../../services/paged-list';
import { pageData } from '../../services/page-state';
import { listTemplates } from '../../services/templates';
import { currentGrants } from '../../pages/manage/grants';
import { rowsData, showFirst, showMore } from '../services/rows';
import type { RecordRow } from '../view/record-row';
import { cityUrl } from '../../pages/manage/city-url';
import { cityFilters, hasRole } from '../../pages/manage/scope';
import { isTemplateStatus, TEMPLATE_FILTERS, toTemplateRow } from '../view/templates';

export default Page({
  data: {
    ...pageData(),
    ...rowsData<RecordRow>(),
    filters: TEMPLATE_FILTERS,
    filter: '',
    cities: cityFilters([]),
    city: '',
    canAdd: false,
  },

  list: undefined as PagedList<TemplateView> | undefined,

  onLoad() {
    const grants = currentGrants();
    this.list = new PagedList(input => this.ask(input));
    this.setData({ cities: cityFilters(grants), canAdd: hasRole(grants, 'clerk') });
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
    return listTemplates({
      ...input,
      ...(isTemplateStatus(filter) && { status: filter }),
      ...(isCityCode(city) && { cityCode: city }),
    });
  },

  load() {
    const isFiltered = this.data.filter !== '' || this.data.city !== '';
    return showFirst(this, {
      list: this.list,
      toRow: toTemplateRow,
      emptyState: isFiltered ? 'ready' : 'empty',
    });
  },

  onMore() {
    return showMore(this, { list: this.list, toRow: toTemplateRow });
  },
  onFilterPick({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.setData({ filter: detail.id });
    void this.load();
  },
  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ city: detail.value });
    void this.load();
  },
  onAddPress() {
    void wx.navigateTo({ url: cityUrl('template-form') });
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
