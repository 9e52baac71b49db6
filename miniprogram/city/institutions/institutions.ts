import type { CityCode } from '../../contract/areas';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession, officeCities } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { hasRole } from '../../view/grants';
import { cityFilters } from '../view/cities';
import { toInstitutionRow } from '../view/institutions';

const listInstitutions = caller('training.listInstitutions');

const list = listPage({
  ask: input => listInstitutions({ ...officeCities(), ...input }),
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
