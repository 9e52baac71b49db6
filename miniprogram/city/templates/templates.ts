import type { CityCode } from '../../contract/areas';
import type { TemplateStatus } from '../../contract/templates';
import { caller } from '../../services/cloud';
import { listPage } from '../../services/list-page';
import { cityUrl } from '../../pages/manage/city-url';
import { knowSession } from '../../services/session';
import { openPage } from '../../services/navigate';
import { currentGrants } from '../../pages/manage/grants';
import { cityFilters, hasRole } from '../../pages/manage/scope';
import { TEMPLATE_FILTERS, toTemplateRow } from '../view/templates';

const listTemplates = caller('voucher.listTemplates');

const list = listPage({
  ask: listTemplates,
  toRow: toTemplateRow,
  filter: { status: '' as TemplateStatus | '', cityCode: '' as CityCode | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: TEMPLATE_FILTERS, cities: cityFilters([]), canAdd: false },

  async onLoad() {
    await knowSession();
    const grants = currentGrants();
    this.setData({ cities: cityFilters(grants), canAdd: hasRole(grants, 'clerk') });
  },

  onAddPress() {
    void openPage(cityUrl('template-form'));
  },
});
