import type { StaffView } from '../../contract/accounts';
import type { CityCode } from '../../contract/areas';
import { isCityCode } from '../../contract/areas';
import type { CityRole } from '../../contract/roles';
import { once } from '../../services/once';
import { PagedList } from '../../services/paged-list';
import { pageData, showFailure } from '../../services/page-state';
import { listStaff, revokeRole } from '../../services/staff';
import { rowsData, showFirst, showMore } from '../services/rows';
import { cityUrl } from '../../pages/manage/city-url';
import { ALL_CITIES, cityName } from '../../pages/manage/scope';
import { toStaffRow, type StaffRow } from '../view/staff';

/** Who acts for which city: the province's page. */
export default Page({
  data: {
    ...pageData(),
    ...rowsData<StaffRow>(),
    cities: ALL_CITIES,
    city: (ALL_CITIES[0]?.id ?? '3701') as CityCode,
    asking: false,
    askText: '',
  },

  list: undefined as PagedList<StaffView> | undefined,
  revoking: undefined as { personId: string; role: CityRole } | undefined,

  onLoad() {
    this.list = new PagedList(input => listStaff({ cityCode: this.data.city, ...input }));
  },

  // Coming back from granting.
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

  load() {
    return showFirst(this, { list: this.list, toRow: toStaffRow, emptyState: 'ready' });
  },
  onMore() {
    return showMore(this, { list: this.list, toRow: toStaffRow });
  },

  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    if (isCityCode(detail.value)) this.setData({ city: detail.value, rows: [] });
    void this.load();
  },

  onRevokeTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id, role, name, text } = currentTarget.dataset as {
      id: string;
      role: CityRole;
      name: string;
      text: string;
    };
    this.revoking = { personId: id, role };
    const askText = `${name}不能再以“${text}”的身份办理${cityName(this.data.city)}的业务。`;
    this.setData({ asking: true, askText, refusal: null });
  },
  onCancel() {
    this.setData({ asking: false });
  },

  async onConfirm() {
    const { revoking } = this;
    if (!revoking) return;
    await once(this, async () => {
      const answer = await revokeRole({ ...revoking, cityCode: this.data.city });
      if (!answer.ok) return showFailure(this, answer.error);
      this.setData({ asking: false });
      await this.load();
    });
  },

  onAddPress() {
    void wx.navigateTo({ url: cityUrl('staff-form', { cityCode: this.data.city }) });
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
