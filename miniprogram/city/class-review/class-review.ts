import type { ClassView, RosterEntryView } from '../../contract/training';
import { once } from '../../services/once';
import { PagedList } from '../../services/paged-list';
import { pageData, showFailure } from '../../services/page-state';
import { getTemplate } from '../../services/templates';
import { approveClass, getClass, listRoster, returnClass } from '../../services/training';
import type { Answer } from '../../view/failure';
import { currentGrants } from '../../pages/manage/grants';
import { rowsData, showFirst, showMore } from '../services/rows';
import {
  classActions,
  MAIN_TEXTS,
  rosterTitle,
  toClassPage,
  toRosterRow,
  type ClassActions,
  type ClassPage,
  type RosterRow,
} from '../view/classes';
import { cityUrl } from '../../pages/manage/city-url';
import { audienceTexts, kindText } from '../view/templates';

export default Page({
  data: {
    ...pageData(),
    ...rowsData<RosterRow>(),
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

  list: undefined as PagedList<RosterEntryView> | undefined,
  classId: '',
  isGeneral: false,

  onLoad({ classId = '' }) {
    this.classId = classId;
    this.list = new PagedList(input => listRoster({ classId, ...input }));
    this.setData({ vouchersUrl: cityUrl('vouchers', { classId }), voidUrl: cityUrl('void', { classId }) });
  },

  // Coming back from issuing, its state has changed.
  onShow() {
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  onReachBottom() {
    void this.onMore();
  },

  async load() {
    const answer = await getClass({ classId: this.classId });
    if (!answer.ok) return showFailure(this, answer.error);
    const { templateId } = answer.data;
    const [template] = await Promise.all([getTemplate({ templateId }), this.loadRoster()]);
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

  async loadRoster() {
    await showFirst(this, { list: this.list, toRow: toRosterRow, emptyState: 'keep' });
    this.setTitle();
  },
  async onMore() {
    await showMore(this, { list: this.list, toRow: toRosterRow });
    this.setTitle();
  },
  setTitle() {
    this.setData({ rosterTitle: rosterTitle('名册', this.data.rows.length, this.data.hasMore) });
  },

  onMainPress() {
    if (this.data.actions?.main === 'approve') return this.setData({ asking: 'approve', refusal: null });
    void wx.navigateTo({ url: cityUrl('issue-progress', { classId: this.classId }) });
  },
  onReturnPress() {
    this.setData({ asking: 'return', refusal: null });
  },
  onCancel() {
    this.setData({ asking: '' });
  },

  async onApproveConfirm() {
    await once(this, async () => this.show(await approveClass({ classId: this.classId })));
  },
  async onReturnConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const { reason } = detail;
    await once(this, async () => this.show(await returnClass({ classId: this.classId, reason })));
  },

  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
