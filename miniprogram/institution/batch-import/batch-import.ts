import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { replacePage } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { importPage, takeSteps } from '../../page-behaviour/import-page';
import { parameter } from '../parameter';
import { jobUrl } from '../view/batch';
import { CODE_HINTS, DOING } from '../../view/import-step';

const startUpload = caller('settlement.startUpload');
const checkCodes = caller('settlement.checkCodes');
const importCodes = caller('settlement.importCodes');

const page = importPage({ owner: { batchId: '' }, startUpload, check: checkCodes, unit: '张' });

export default Page({
  ...page,
  data: { ...page.data, hints: CODE_HINTS },

  onLoad(query) {
    this.owner = { batchId: parameter(query, 'id') };
  },

  async onImportPress() {
    await takeSteps(this, async () => {
      this.setData({ doing: DOING.import });
      const answer = await importCodes({ ...this.owner, fileId: this.fileId });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      await replacePage(jobUrl(answer.data.id));
    });
  },
});
