import type { CityCode } from '../../contract/areas';
import { caller } from '../../services/cloud';
import { listPage } from '../../services/list-page';
import { cityUrl } from '../../pages/manage/city-url';
import { knowSession } from '../../services/session';
import { openPage } from '../../services/navigate';
import { currentGrants } from '../../pages/manage/grants';
import { cityFilters, hasRole } from '../../pages/manage/scope';
import { toInstitutionRow } from '../view/institutions';

const listInstitutions = caller('training.listInstitutions');

const list = listPage({
  ask: listInstitutions,
  toRow: toInstitutionRow,
  filter: { cityCode: '' as CityCode | '' },
});

export default Page({
  ...list,
  data: { ...list.data, cities: cityFilters([]), canAdd: false },

  async onLoad() {
    await knowSession();
    const grants = currentGrants();
    this.setData({ cities: cityFilters(grants), canAdd: hasRole(grants, 'clerk') });
  },

  onAddPress() {
    void openPage(cityUrl('institution-form'));
  },
});
