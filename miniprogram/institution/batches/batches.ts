import type { BatchStatus } from '../../contract/settlement';
import { listPage } from '../../services/list-page';
import { listBatches } from '../../services/settlement';
import { findInstitutionId } from '../../services/work-place';
import { BATCH_FILTERS, toBatchRow } from '../view/batch';

const list = listPage({
  ask: input => listBatches({ institutionId: findInstitutionId() ?? '', ...input }),
  toRow: toBatchRow,
  filter: { status: '' as BatchStatus | '' },
});

export default Page({
  ...list,
  data: { ...list.data, statuses: BATCH_FILTERS },

  onRowTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    void wx.navigateTo({ url: (currentTarget.dataset as { url: string }).url });
  },
  onNewPress() {
    void wx.navigateTo({ url: '/institution/batch-form/batch-form' });
  },
});
