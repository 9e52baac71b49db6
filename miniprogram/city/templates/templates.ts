import type { CityCode } from '../../contract/areas';
import type { TemplateStatus } from '../../contract/templates';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession, officeCities } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { hasRole } from '../../view/grants';
import { cityFilters } from '../view/cities';
import { TEMPLATE_FILTERS, toTemplateRow } from '../view/templates';

const listTemplates = caller('voucher.listTemplates');

const list = listPage({
  ask: input => listTemplates({ ...officeCities(), ...input }),
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
