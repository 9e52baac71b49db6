import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { toShanghaiDay } from '../../view/days';
import { findTemplate } from '../find-template';
import { parameter } from '../parameter';
import { ASKING, isStep, toClassPage, type ClassPageView, type ClassStep } from '../view/class-page';

const finishClass = caller('training.finishClass');
const getClass = caller('training.getClass');
const listRoster = caller('training.listRoster');
const startClass = caller('training.startClass');
const submitClass = caller('training.submitClass');

const STEPS = { submit: submitClass, start: startClass, finish: finishClass };
const NOTHING = { title: '', text: '', confirm: '' };

const sheets = askingPage<ClassStep>();

export default Page({
  ...loadingPage(),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    id: '',
    page: null as ClassPageView | null,
    question: NOTHING,
  },

  onLoad(query) {
    this.setData({ id: parameter(query, 'id') });
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
    if (isStep(action)) {
      this.setData({ question: ASKING[action] });
      return this.ask(action);
    }
    const page = action === 'apply' ? 'batches/batches' : `roster-import/roster-import?id=${this.data.id}`;
    void openPage(`/institution/${page}`);
  },
  async onConfirm() {
    const { asking, id: classId } = this.data;
    if (asking === '') return;
    await this.act(
      () => STEPS[asking]({ classId }),
      () => this.load(),
    );
  },
});
