import type { CityCode } from '../../contract/areas';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { importPage, takeSteps } from '../../page-behaviour/import-page';
import { goBack } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { openForm } from '../../page-behaviour/roster-form';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { wholeCitiesWith } from '../../view/grants';
import { DOING, INSTITUTION_HINTS } from '../../view/import-step';
import { choicesOf } from '../view/cities';

const startInstitutionUpload = caller('training.startInstitutionUpload');
const checkInstitutions = caller('training.checkInstitutions');
const importInstitutions = caller('training.importInstitutions');
const getInstitutionForm = caller('training.getInstitutionForm');

const page = importPage({
  owner: { cityCode: '3701' as CityCode },
  startUpload: startInstitutionUpload,
  check: checkInstitutions,
  unit: '行',
});

/** Training institutions with their administrators from a file: checked first, then a job that is followed to its end. */
export default Page({
  ...page,
  data: {
    ...page.data,
    hints: INSTITUTION_HINTS,
    cities: choicesOf([]),
    cityCode: '' as CityCode | '',
    jobId: '',
  },

  onLoad() {
    const cities = choicesOf(wholeCitiesWith(currentGrants(), 'clerk'));
    this.setData({ cities });
    if (cities[0]) this.choose(cities[0].id);
  },

  choose(cityCode: CityCode) {
    this.owner = { cityCode };
    this.file = undefined;
    this.fileId = '';
    this.setData({ cityCode, step: 'pick', fileName: '', report: null, refusal: null });
  },
  /** What was checked for one city says nothing of another. */
  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: CityCode }>) {
    this.choose(detail.value);
  },

  async onImportPress() {
    await takeSteps(this, async () => {
      this.setData({ doing: DOING.import });
      const answer = await importInstitutions({ ...this.owner, fileId: this.fileId });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      this.setData({ step: 'done', refusal: null, jobId: answer.data.id });
    });
  },

  onFormPress() {
    void openForm(this, getInstitutionForm);
  },
  onDonePress() {
    void goBack();
  },
});
