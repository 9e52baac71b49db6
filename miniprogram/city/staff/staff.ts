import type { CityCode } from '../../contract/areas';
import type { CountyCode } from '../../contract/counties';
import type { CityRole } from '../../contract/roles';
import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { caller } from '../../services/cloud';
import { cityUrl } from '../../view/city-url';
import { ALL_CITIES, cityName } from '../view/cities';
import { toStaffRow } from '../view/staff';

const listStaff = caller('account.listStaff');
const revokeRole = caller('account.revokeRole');

const FIRST_CITY: CityCode = ALL_CITIES[0]?.id ?? '3701';

const list = listPage({
  ask: ({ cityCode = FIRST_CITY, ...input }) => listStaff({ cityCode, ...input }),
  toRow: toStaffRow,
  filter: { cityCode: FIRST_CITY },
});

const sheets = askingPage<'revoke'>();

/** Who acts for which city: the province's page. */
export default Page({
  ...list,
  ...sheets,
  data: { ...list.data, ...sheets.data, cities: ALL_CITIES, askText: '' },

  revoking: undefined as { personId: string; role: CityRole; countyCode?: CountyCode } | undefined,

  onRevokeTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id, role, county, name, text } = currentTarget.dataset as {
      id: string;
      role: CityRole;
      county: CountyCode | '';
      name: string;
      text: string;
    };
    this.revoking = { personId: id, role, ...(county && { countyCode: county }) };
    const askText = `${name}不能再以“${text}”的身份办理${cityName(this.data.filter.cityCode)}的业务。`;
    this.setData({ askText });
    this.ask('revoke');
  },

  async onConfirm() {
    const { revoking } = this;
    if (!revoking) return;
    await this.act(
      () => revokeRole({ ...revoking, cityCode: this.data.filter.cityCode }),
      () => this.load(),
    );
  },

  onAddPress() {
    void openPage(cityUrl('staff-form', { cityCode: this.data.filter.cityCode }));
  },
});
