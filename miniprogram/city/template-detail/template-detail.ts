import type { TemplateView } from '../../contract/templates';
import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import type { Fact } from '../../view/voucher';
import {
  publishFacts,
  templateActions,
  toTemplatePage,
  type TemplateActions,
  type TemplatePage,
} from '../view/templates';

const closeTemplate = caller('voucher.closeTemplate');
const getTemplate = caller('voucher.getTemplate');
const publishTemplate = caller('voucher.publishTemplate');

const sheets = askingPage<'publish' | 'close'>();

export default Page({
  ...loadingPage(),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    template: null as TemplatePage | null,
    actions: null as TemplateActions | null,
    publishFacts: [] as Fact[],
    formUrl: '',
    recipientsUrl: '',
    vouchersUrl: '',
  },

  templateId: '',

  onLoad({ templateId = '' }) {
    this.templateId = templateId;
    this.setData({
      formUrl: cityUrl('template-form', { templateId }),
      recipientsUrl: cityUrl('recipients', { templateId }),
      vouchersUrl: cityUrl('vouchers', { templateId }),
    });
  },

  async load() {
    if (!(await needSession(this))) return;
    const answer = await getTemplate({ templateId: this.templateId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.show(answer.data);
  },

  show(template: TemplateView) {
    this.setData({
      state: 'ready',
      refusal: null,
      template: toTemplatePage(template),
      actions: templateActions(template, currentGrants()),
      publishFacts: publishFacts(template),
    });
  },

  onMainPress() {
    if (this.data.actions?.main === 'publish') return this.ask('publish');
    void openPage(cityUrl('issue-progress', { templateId: this.templateId }));
  },
  onClosePress() {
    this.ask('close');
  },

  async onConfirm() {
    const move = this.data.asking === 'publish' ? publishTemplate : closeTemplate;
    await this.act(
      () => move({ templateId: this.templateId }),
      template => this.show(template),
    );
  },
});
