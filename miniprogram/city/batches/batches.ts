import type { CityCode } from '../../contract/areas';
import type { BatchStatus } from '../../contract/settlement';
import { listPage } from '../../page-behaviour/list-page';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession, officeCities } from '../../session/session';
import { BATCH_FILTERS, isBatchStatus, toBatchRow } from '../view/batches';
import { cityFilters } from '../view/cities';

const listBatches = caller('settlement.listBatches');

const list = listPage({
  ask: input => listBatches({ ...officeCities(), ...input }),
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
