import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { goBack } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { openRosterForm } from '../../page-behaviour/roster-form';
import { caller } from '../../services/cloud';
import { toRowProblems } from '../../view/import-report';
import { importPage, takeSteps } from '../../page-behaviour/import-page';
import { parameter } from '../parameter';
import { DOING, importedText, ROSTER_HINTS } from '../../view/import-step';

const startUpload = caller('training.startUpload');
const checkRoster = caller('training.checkRoster');
const importRoster = caller('training.importRoster');

const page = importPage({ owner: { classId: '' }, startUpload, check: checkRoster, unit: '人' });

export default Page({
  ...page,
  data: { ...page.data, hints: ROSTER_HINTS, doneText: '' },

  onLoad(query) {
    this.owner = { classId: parameter(query, 'id') };
  },

  async onImportPress() {
    await takeSteps(this, async () => {
      this.setData({ doing: DOING.import });
      const answer = await importRoster({ ...this.owner, fileId: this.fileId });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      this.setData({
        step: 'done',
        refusal: null,
        report: toRowProblems(answer.data),
        doneText: importedText(answer.data),
      });
    });
  },

  onFormPress() {
    void openRosterForm(this);
  },
  onDonePress() {
    void goBack();
  },
});
