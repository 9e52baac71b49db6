import type { TemplateView } from '../../contract/templates';
import { openPage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import type { Answer } from '../../view/failure';
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

type Question = '' | 'publish' | 'close';

export default Page({
  data: {
    ...pageData(),
    template: null as TemplatePage | null,
    actions: null as TemplateActions | null,
    asking: '' as Question,
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

  onShow() {
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    await knowSession();
    this.show(await getTemplate({ templateId: this.templateId }));
  },

  show(answer: Answer<TemplateView>) {
    if (!answer.ok) return showFailure(this, answer.error);
    this.setData({
      state: 'ready',
      refusal: null,
      asking: '',
      template: toTemplatePage(answer.data),
      actions: templateActions(answer.data, currentGrants()),
      publishFacts: publishFacts(answer.data),
    });
  },

  onMainPress() {
    if (this.data.actions?.main === 'publish') return this.setData({ asking: 'publish', refusal: null });
    void openPage(cityUrl('issue-progress', { templateId: this.templateId }));
  },
  onClosePress() {
    this.setData({ asking: 'close', refusal: null });
  },
  onCancel() {
    this.setData({ asking: '' });
  },

  async onConfirm() {
    const move = this.data.asking === 'publish' ? publishTemplate : closeTemplate;
    await once(this, async () => this.show(await move({ templateId: this.templateId })));
  },

  onAgain() {
    void (this.data.asking === '' ? this.load() : this.onConfirm());
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
