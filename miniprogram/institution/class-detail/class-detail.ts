import { openPage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { toShanghaiDay } from '../../view/days';
import { toFailureView, type FailureView } from '../../view/failure';
import { findTemplate } from '../find-template';
import { parameter } from '../parameter';
import { ASKING, isStep, toClassPage, type ClassPageView } from '../view/class-page';

const finishClass = caller('training.finishClass');
const getClass = caller('training.getClass');
const listRoster = caller('training.listRoster');
const startClass = caller('training.startClass');
const submitClass = caller('training.submitClass');

const STEPS = { submit: submitClass, start: startClass, finish: finishClass };
const NOTHING = { title: '', text: '', confirm: '' };

export default Page({
  data: {
    ...pageData(),
    id: '',
    page: null as ClassPageView | null,
    asking: false,
    question: NOTHING,
    askRefusal: null as FailureView | null,
  },

  onLoad(query) {
    this.setData({ id: parameter(query, 'id') });
  },

  // Coming back from the roster or the form it may have changed.
  onShow() {
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    const classId = this.data.id;
    const [trainingClass, roster] = await Promise.all([getClass({ classId }), listRoster({ classId })]);
    if (!trainingClass.ok) return showFailure(this, trainingClass.error);
    if (!roster.ok) return showFailure(this, roster.error);
    const template = await findTemplate(trainingClass.data.templateId);
    if (!template.ok) return showFailure(this, template.error);
    const page = toClassPage(trainingClass.data, {
      issueMode: template.data?.issueMode,
      rosterCount: roster.data.items.length,
      rosterGoesOn: roster.data.nextCursor !== undefined,
      today: toShanghaiDay(Date.now()),
    });
    this.setData({ state: 'ready', refusal: null, page });
  },

  onMainPress() {
    const action = this.data.page?.action;
    if (isStep(action)) return this.setData({ asking: true, question: ASKING[action], askRefusal: null });
    const page = action === 'apply' ? 'batches/batches' : `roster-import/roster-import?id=${this.data.id}`;
    void openPage(`/institution/${page}`);
  },
  async onConfirm() {
    const action = this.data.page?.action;
    if (!isStep(action)) return;
    await once(this, async () => {
      const answer = await STEPS[action]({ classId: this.data.id });
      if (!answer.ok) return this.setData({ askRefusal: toFailureView(answer.error) });
      this.setData({ asking: false });
      await this.load();
    });
  },
  onCancel() {
    this.setData({ asking: false });
  },
  onAskDismiss() {
    this.setData({ askRefusal: null });
  },

  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
