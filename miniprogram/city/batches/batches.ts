import type { CityCode } from '../../contract/areas';
import type { BatchStatus } from '../../contract/settlement';
import { listPage } from '../../page-behaviour/list-page';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { currentGrants, officeAreas } from '../../session/session';
import { BATCH_FILTERS, isBatchStatus, toBatchRow } from '../view/batches';
import { cityFilters } from '../view/cities';

const listBatches = caller('settlement.listBatches');

const list = listPage({
  ask: input => listBatches({ ...officeAreas(), ...input }),
  toRow: toBatchRow,
  filter: { status: '' as BatchStatus | '', cityCode: '' as CityCode | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: BATCH_FILTERS, cities: cityFilters([]) },

  async onLoad({ status = '' }) {
    if (isBatchStatus(status)) this.setData({ 'filter.status': status });
    if (!(await needSession(this))) return;
    this.setData({ cities: cityFilters(currentGrants()) });
  },
});
