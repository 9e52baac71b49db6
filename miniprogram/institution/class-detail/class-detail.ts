import { askingPage } from '../../page-behaviour/asking-page';
import { formPage } from '../../page-behaviour/form-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { toOneLine } from '../../contract/plain-text';
import { isClassNotable, type ClassView } from '../../contract/training';
import { toShanghaiDay } from '../../view/days';
import { parameter } from '../parameter';
import { ASKING, isStep, toClassPage, type ClassPageView, type ClassStep } from '../view/class-page';

const finishClass = caller('training.finishClass');
const getClass = caller('training.getClass');
const noteClass = caller('training.noteClass');
const startClass = caller('training.startClass');
const submitClass = caller('training.submitClass');

const STEPS = { submit: submitClass, start: startClass, finish: finishClass };
const NOTHING = { title: '', text: '', confirm: '' };

const sheets = askingPage<ClassStep>();
const form = formPage({ note: '' });

export default Page({
  ...form,
  ...loadingPage(),
  ...sheets,
  data: {
    ...form.data,
    ...pageData(),
    ...sheets.data,
    id: '',
    page: null as ClassPageView | null,
    question: NOTHING,
    canNote: false,
    /** As it is stored. */
    note: '',
  },

  onLoad(query) {
    this.setData({ id: parameter(query, 'id') });
  },

  async load() {
    const answer = await getClass({ classId: this.data.id });
    if (!answer.ok) return showFailure(this, answer.error);
    const page = toClassPage(answer.data, toShanghaiDay(Date.now()));
    this.setData({ state: 'ready', refusal: null, page, canNote: isClassNotable(answer.data.status) });
    // What is being typed stays.
    if (this.data.form.note === this.data.note) this.showNote(answer.data);
  },
  showNote({ note = '' }: ClassView) {
    this.setData({ note, 'form.note': note });
  },

  async onNotePress() {
    // One line: what is typed into an area may hold several.
    const note = toOneLine(this.data.form.note);
    await this.save(
      () => noteClass({ classId: this.data.id, note }),
      noted => this.showNote(noted),
    );
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
