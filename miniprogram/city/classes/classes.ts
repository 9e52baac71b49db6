import type { CityCode } from '../../contract/areas';
import type { ClassStatus } from '../../contract/training';
import { listPage } from '../../page-behaviour/list-page';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { currentGrants, officeAreas } from '../../session/session';
import { cityFilters } from '../view/cities';
import { CLASS_FILTERS, isClassStatus, toClassRow } from '../view/classes';

const listClasses = caller('training.listClasses');

const list = listPage({
  ask: input => listClasses({ ...officeAreas(), ...input }),
  toRow: toClassRow,
  filter: { status: '' as ClassStatus | '', cityCode: '' as CityCode | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: CLASS_FILTERS, cities: cityFilters([]) },

  async onLoad({ status = '' }) {
    if (isClassStatus(status)) this.setData({ 'filter.status': status });
    if (!(await needSession(this))) return;
    this.setData({ cities: cityFilters(currentGrants()) });
  },
});
