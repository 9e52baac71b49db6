import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { toShanghaiDay } from '../../view/days';
import { parameter } from '../parameter';
import { ASKING, isStep, toClassPage, type ClassPageView, type ClassStep } from '../view/class-page';

const finishClass = caller('training.finishClass');
const getClass = caller('training.getClass');
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
    const answer = await getClass({ classId: this.data.id });
    if (!answer.ok) return showFailure(this, answer.error);
    const page = toClassPage(answer.data, toShanghaiDay(Date.now()));
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
