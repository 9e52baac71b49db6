import type { CityCode } from '../../contract/areas';
import type { TemplateStatus } from '../../contract/templates';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { currentGrants, officeCities } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { wholeCitiesWith } from '../../view/grants';
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
    if (!(await needSession(this))) return;
    const grants = currentGrants();
    this.setData({ cities: cityFilters(grants), canAdd: wholeCitiesWith(grants, 'clerk').length > 0 });
  },

  onAddPress() {
    void openPage(cityUrl('template-form'));
  },
});
