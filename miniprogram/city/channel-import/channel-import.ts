import type { CityCode } from '../../contract/areas';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { importPage, takeSteps } from '../../page-behaviour/import-page';
import { goBack } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { openForm } from '../../page-behaviour/roster-form';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { wholeCitiesWith } from '../../view/grants';
import { toRowProblems } from '../../view/import-report';
import { CHANNEL_HINTS, DOING, importedText } from '../../view/import-step';
import { choicesOf } from '../view/cities';

const startUpload = caller('entry.startUpload');
const checkChannels = caller('entry.checkChannels');
const importChannels = caller('entry.importChannels');
const getChannelForm = caller('entry.getChannelForm');

const page = importPage({
  owner: { cityCode: '3701' as CityCode },
  startUpload,
  check: checkChannels,
  unit: '个渠道',
});

/** A city's channels from a file: checked first, then registered. */
export default Page({
  ...page,
  data: {
    ...page.data,
    hints: CHANNEL_HINTS,
    cities: choicesOf([]),
    cityCode: '' as CityCode | '',
    doneText: '',
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
      const answer = await importChannels({ ...this.owner, fileId: this.fileId });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      this.setData({
        step: 'done',
        refusal: null,
        report: toRowProblems(answer.data),
        doneText: importedText(answer.data, '个渠道'),
      });
    });
  },

  onFormPress() {
    void openForm(this, getChannelForm);
  },
  onDonePress() {
    void goBack();
  },
});
