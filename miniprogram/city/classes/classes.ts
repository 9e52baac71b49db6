import type { CityCode } from '../../contract/areas';
import type { ClassStatus } from '../../contract/training';
import { caller } from '../../services/cloud';
import { listPage } from '../../services/list-page';
import { knowSession } from '../../services/session';
import { currentGrants } from '../../pages/manage/grants';
import { cityFilters } from '../../pages/manage/scope';
import { CLASS_FILTERS, isClassStatus, toClassRow } from '../view/classes';

const listClasses = caller('training.listClasses');

const list = listPage({
  ask: listClasses,
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
