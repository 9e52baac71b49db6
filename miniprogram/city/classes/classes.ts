import type { CityCode } from '../../contract/areas';
import type { ClassStatus } from '../../contract/training';
import { listPage } from '../../page-behaviour/list-page';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession, officeCities } from '../../session/session';
import { cityFilters } from '../view/cities';
import { CLASS_FILTERS, isClassStatus, toClassRow } from '../view/classes';

const listClasses = caller('training.listClasses');

const list = listPage({
  ask: input => listClasses({ ...officeCities(), ...input }),
  toRow: toClassRow,
  filter: { status: '' as ClassStatus | '', cityCode: '' as CityCode | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: CLASS_FILTERS, cities: cityFilters([]) },

  async onLoad({ status = '' }) {
    if (isClassStatus(status)) this.setData({ 'filter.status': status });
    await knowSession();
    this.setData({ cities: cityFilters(currentGrants()) });
  },
});
