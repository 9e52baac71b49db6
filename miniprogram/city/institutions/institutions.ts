import type { CityCode } from '../../contract/areas';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { currentGrants, officeAreas } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { hasRole } from '../../view/grants';
import { cityFilters } from '../view/cities';
import { toInstitutionRow } from '../view/institutions';

const listInstitutions = caller('training.listInstitutions');

const list = listPage({
  ask: input => listInstitutions({ ...officeAreas(), ...input }),
  toRow: toInstitutionRow,
  filter: { cityCode: '' as CityCode | '' },
});

export default Page({
  ...list,
  data: { ...list.data, cities: cityFilters([]), canAdd: false },

  async onLoad() {
    if (!(await needSession(this))) return;
    const grants = currentGrants();
    this.setData({ cities: cityFilters(grants), canAdd: hasRole(grants, 'clerk') });
  },

  onAddPress() {
    void openPage(cityUrl('institution-form'));
  },
});
