import type { CityCode } from '../../contract/areas';
import type { BatchStatus } from '../../contract/settlement';
import { caller } from '../../services/cloud';
import { listPage } from '../../services/list-page';
import { knowSession } from '../../services/session';
import { currentGrants } from '../../pages/manage/grants';
import { cityFilters } from '../../pages/manage/scope';
import { BATCH_FILTERS, isBatchStatus, toBatchRow } from '../view/batches';

const listBatches = caller('settlement.listBatches');

const list = listPage({
  ask: listBatches,
  toRow: toBatchRow,
  filter: { status: '' as BatchStatus | '', cityCode: '' as CityCode | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: BATCH_FILTERS, cities: cityFilters([]) },

  async onLoad({ status = '' }) {
    if (isBatchStatus(status)) this.setData({ 'filter.status': status });
    await knowSession();
    this.setData({ cities: cityFilters(currentGrants()) });
  },
});
