import { quietly } from '../../guarded';
import type { TemplateView } from '../../contract/templates';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { goBack, replacePage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { classUrl } from '../../pages/classes/class-row';
import { caller } from '../../services/cloud';
import { loadAll } from '../../services/load-all';
import { findInstitutionId, institutionCity } from '../../session/own-institutions';
import { parameter } from '../parameter';
import {
  checkClassForm,
  NEW_CLASS,
  templateChoices,
  templateHint,
  toClassFields,
  toClassForm,
} from '../view/class-form';

const listTemplates = caller('voucher.listTemplates');
const amendClass = caller('training.amendClass');
const createClass = caller('training.createClass');
const getClass = caller('training.getClass');

const form = formPage(NEW_CLASS);

/** Creates a class, or with `id` amends one; its template is chosen once. */
export default Page({
  ...form,
  ...loadingPage({ once: true }),
  data: {
    ...form.data,
    ...pageData(),
    isNew: true,
    choices: [] as { id: string; text: string }[],
    hint: '',
  },

  classId: '',
  templates: [] as TemplateView[],

  onLoad(query) {
    this.classId = parameter(query, 'id');
    if (this.classId) quietly(() => wx.setNavigationBarTitle({ title: '修改班期' }));
  },

  async load() {
    if (this.classId) return this.loadClass();
    if (!(await needSession(this))) return;
    const answer = await loadAll(page =>
      listTemplates({ ...institutionCity(), status: 'published', ...page }),
    );
    if (!answer.ok) return showFailure(this, answer.error);
    const choices = templateChoices(answer.data, findInstitutionId() ?? '');
    this.templates = answer.data;
    this.setData({ state: choices.length > 0 ? 'ready' : 'empty', refusal: null, choices });
  },

  async loadClass() {
    const trainingClass = await getClass({ classId: this.classId });
    if (!trainingClass.ok) return showFailure(this, trainingClass.error);
    const { template } = trainingClass.data;
    this.setData({
      state: 'ready',
      refusal: null,
      isNew: false,
      form: toClassForm(trainingClass.data),
      choices: [{ id: template.id, text: template.name }],
      hint: templateHint(template),
    });
  },

  change(name: string, value: string) {
    form.change.call(this, name, value);
    if (name === 'templateId')
      this.setData({ hint: templateHint(this.templates.find(({ id }) => id === value)) });
  },

  async onSavePress() {
    const errors = checkClassForm(this.data.form);
    if (Object.keys(errors).length > 0) return showErrors(this, errors);
    await this.save(
      () => this.send(),
      ({ id }) => (this.data.isNew ? replacePage(classUrl(id)) : goBack()),
    );
  },

  send() {
    const { templateId, ...fields } = toClassFields(this.data.form);
    if (!this.data.isNew) return amendClass({ classId: this.classId, ...fields });
    return createClass({ institutionId: findInstitutionId() ?? '', templateId, ...fields });
  },
});
