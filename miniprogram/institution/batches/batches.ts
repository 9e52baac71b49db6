import type { BatchStatus } from '../../contract/settlement';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { caller } from '../../services/cloud';
import { findInstitutionId } from '../../session/own-institutions';
import { BATCH_FILTERS, toBatchRow } from '../view/batch';

const listBatches = caller('settlement.listBatches');

const list = listPage({
  ask: input => listBatches({ institutionId: findInstitutionId() ?? '', ...input }),
  toRow: toBatchRow,
  filter: { status: '' as BatchStatus | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: BATCH_FILTERS },

  onRowTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    void openPage((currentTarget.dataset as { url: string }).url);
  },
  onNewPress() {
    void openPage('/institution/batch-form/batch-form');
  },
});
