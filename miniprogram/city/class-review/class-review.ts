import type { ClassView } from '../../contract/training';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import type { Answer } from '../../view/failure';
import {
  classActions,
  MAIN_TEXTS,
  rosterTitle,
  toClassPage,
  toRosterRow,
  type ClassActions,
  type ClassPage,
} from '../view/classes';
import { audienceTexts, kindText } from '../view/templates';

const getTemplate = caller('voucher.getTemplate');
const approveClass = caller('training.approveClass');
const getClass = caller('training.getClass');
const listRoster = caller('training.listRoster');
const returnClass = caller('training.returnClass');

const list = listPage({ ask: listRoster, toRow: toRosterRow, owner: { classId: '' }, whenNone: 'keep' });

export default Page({
  ...list,
  data: {
    ...list.data,
    class: null as ClassPage | null,
    actions: null as ClassActions | null,
    mainText: '',
    kind: '',
    audience: [] as string[],
    rosterTitle: '名册',
    asking: '' as '' | 'approve' | 'return',
    vouchersUrl: '',
    voidUrl: '',
  },

  isGeneral: false,

  onLoad({ classId = '' }) {
    this.owner = { classId };
    this.setData({ vouchersUrl: cityUrl('vouchers', { classId }), voidUrl: cityUrl('void', { classId }) });
  },

  async load() {
    await knowSession();
    const answer = await getClass(this.owner);
    if (!answer.ok) return showFailure(this, answer.error);
    const { templateId } = answer.data;
    const [template] = await Promise.all([getTemplate({ templateId }), this.loadRows()]);
    if (!template.ok) return showFailure(this, template.error);
    this.isGeneral = template.data.issueMode === 'general';
    this.setData({ kind: kindText(template.data), audience: audienceTexts(template.data) });
    this.show(answer);
  },

  show(answer: Answer<ClassView>) {
    if (!answer.ok) return showFailure(this, answer.error);
    const actions = classActions(answer.data, { grants: currentGrants(), isGeneral: this.isGeneral });
    this.setData({
      state: 'ready',
      refusal: null,
      asking: '',
      class: toClassPage(answer.data),
      actions,
      mainText: MAIN_TEXTS[actions.main],
    });
  },

  async loadRows(): Promise<void> {
    await list.loadRows.call(this);
    this.setTitle();
  },
  async onMore(): Promise<void> {
    await list.onMore.call(this);
    this.setTitle();
  },
  setTitle() {
    this.setData({ rosterTitle: rosterTitle('名册', this.list?.items.length ?? 0, this.data.hasMore) });
  },

  onMainPress() {
    if (this.data.actions?.main === 'approve') return this.setData({ asking: 'approve', refusal: null });
    void openPage(cityUrl('issue-progress', this.owner));
  },
  onReturnPress() {
    this.setData({ asking: 'return', refusal: null });
  },
  onCancel() {
    this.setData({ asking: '' });
  },

  async onApproveConfirm() {
    await once(this, async () => this.show(await approveClass(this.owner)));
  },
  async onReturnConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    await once(this, async () => this.show(await returnClass({ ...this.owner, reason: detail.reason })));
  },
});
