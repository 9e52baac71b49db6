import { isCityCode } from '../../contract/areas';
import type { PageInput } from '../../contract/paging';
import type { InstitutionView } from '../../contract/training';
import { PagedList } from '../../services/paged-list';
import { pageData } from '../../services/page-state';
import { listInstitutions } from '../../services/training';
import { currentGrants } from '../../pages/manage/grants';
import { rowsData, showFirst, showMore } from '../services/rows';
import { toInstitutionRow } from '../view/institutions';
import type { RecordRow } from '../view/record-row';
import { cityUrl } from '../../pages/manage/city-url';
import { cityFilters, hasRole } from '../../pages/manage/scope';

export default Page({
  data: { ...pageData(), ...rowsData<RecordRow>(), cities: cityFilters([]), city: '', canAdd: false },

  list: undefined as PagedList<InstitutionView> | undefined,

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
    const { city } = this.data;
    return listInstitutions({ ...input, ...(isCityCode(city) && { cityCode: city }) });
  },

  load() {
    return showFirst(this, {
      list: this.list,
      toRow: toInstitutionRow,
      emptyState: this.data.city === '' ? 'empty' : 'ready',
    });
  },

  onMore() {
    return showMore(this, { list: this.list, toRow: toInstitutionRow });
  },
  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ city: detail.value });
    void this.load();
  },
  onAddPress() {
    void wx.navigateTo({ url: cityUrl('institution-form') });
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
