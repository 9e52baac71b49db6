import { quietly } from '../../guarded';
import { isCityCode } from '../../contract/areas';
import { PROJECT_IDS, PROJECTS } from '../../contract/projects';
import type { TemplateView } from '../../contract/templates';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { goBack, replacePage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { loadAll } from '../../services/load-all';
import { currentGrants } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { wholeCitiesWith } from '../../view/grants';
import type { Fact } from '../../view/voucher';
import { choicesOf } from '../view/cities';
import {
  budgetHint,
  changedFields,
  newTemplateForm,
  readTemplateForm,
  toTemplateForm,
  type FormErrors,
} from '../view/template-form';
import {
  AUDIENCE_OPTIONS,
  FUNCTION_MODE_OPTIONS,
  INSTITUTION_OPTIONS,
  ISSUE_MODE_OPTIONS,
} from '../view/template-options';
import { audienceTexts, templateFacts } from '../view/templates';

const amendTemplate = caller('voucher.amendTemplate');
const createTemplate = caller('voucher.createTemplate');
const listInstitutions = caller('training.listInstitutions');
const getTemplate = caller('voucher.getTemplate');

const form = formPage(newTemplateForm(''));

export default Page({
  ...form,
  ...loadingPage({ once: true }),
  data: {
    ...form.data,
    ...pageData(),
    isNew: true,
    isPublished: false,
    fixedFacts: [] as Fact[],
    fixedAudience: '',
    hint: '',
    cities: choicesOf([]),
    projects: PROJECT_IDS.map(id => ({ id, text: PROJECTS[id].name })),
    issueModes: ISSUE_MODE_OPTIONS,
    functionModes: FUNCTION_MODE_OPTIONS,
    audience: AUDIENCE_OPTIONS,
    institutionModes: INSTITUTION_OPTIONS,
    isLimited: false,
    institutions: [] as { id: string; text: string }[],
  },

  template: undefined as TemplateView | undefined,
  templateId: '',

  onLoad({ templateId = '' }) {
    this.templateId = templateId;
    if (templateId) quietly(() => wx.setNavigationBarTitle({ title: '修改券模板' }));
  },

  async load() {
    if (this.templateId === '') return this.begin();
    const answer = await getTemplate({ templateId: this.templateId });
    if (!answer.ok) return showFailure(this, answer.error);
    const template = answer.data;
    this.template = template;
    this.setData({
      state: 'ready',
      isNew: false,
      isPublished: template.status !== 'draft',
      fixedFacts: templateFacts(template),
      fixedAudience: audienceTexts(template).join('、'),
      form: toTemplateForm(template),
      isLimited: template.institutionIds.length > 0,
    });
    if (template.institutionIds.length > 0) await this.loadInstitutions();
  },

  async begin() {
    if (!(await needSession(this))) return;
    const cities = choicesOf(wholeCitiesWith(currentGrants(), 'clerk'));
    const form = newTemplateForm(cities.length === 1 ? (cities[0]?.id ?? '') : '');
    this.setData({ state: 'ready', isNew: true, cities, form });
  },

  onSignedIn() {
    if (this.data.state !== 'ready') void this.load();
    else if (this.data.isLimited && this.data.institutions.length === 0) void this.loadInstitutions();
  },

  async loadInstitutions() {
    const { cityCode } = this.data.form;
    if (!isCityCode(cityCode)) return;
    const answer = await loadAll(page => listInstitutions({ cityCode, ...page }));
    if (!answer.ok) return showFailure(this, answer.error);
    this.setData({ institutions: answer.data.map(({ id, name }) => ({ id, text: name })) });
  },

  change(name: string, value: unknown) {
    form.change.call(this, name, value);
    this.setData({ hint: budgetHint(this.data.form) });
  },

  onFieldChange({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    this.change(detail.name, detail.value);
    // Institutions belong to a city.
    if (detail.name !== 'cityCode') return;
    this.setData({ 'form.institutionIds': [], institutions: [] });
    if (this.data.isLimited) void this.loadInstitutions();
  },
  onPick({ detail }: WechatMiniprogram.CustomEvent<{ name: string; id: string; checked: boolean }>) {
    if (detail.name === 'audience') this.change(detail.id, detail.checked);
    else this.change(detail.name, detail.id);
  },
  onLimitPick({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    const isLimited = detail.id === 'some';
    this.setData({ isLimited });
    this.change('institutionIds', []);
    if (isLimited) void this.loadInstitutions();
  },
  onInstitutionPick({ detail }: WechatMiniprogram.CustomEvent<{ id: string; checked: boolean }>) {
    const others = this.data.form.institutionIds.filter(id => id !== detail.id);
    this.change('institutionIds', detail.checked ? [...others, detail.id] : others);
  },

  async onSavePress() {
    const { form, isLimited } = this.data;
    const read = readTemplateForm(form);
    const errors: FormErrors = read.ok ? {} : read.errors;
    if (isLimited && form.institutionIds.length === 0) errors.institutionIds = '请至少选一家机构';
    if (!read.ok || errors.institutionIds) return showErrors(this, errors);
    const { template } = this;
    await this.save(
      () =>
        template
          ? amendTemplate({ templateId: template.id, ...changedFields(template, read.fields) })
          : createTemplate(read.fields),
      ({ id }) => (template ? goBack() : replacePage(cityUrl('template-detail', { templateId: id }))),
    );
  },
});
