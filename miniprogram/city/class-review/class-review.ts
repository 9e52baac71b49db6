import type { ClassView } from '../../contract/training';
import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { classLines, type StepLineView } from '../../view/history';
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

const approveClass = caller('training.approveClass');
const getClass = caller('training.getClass');
const listRoster = caller('training.listRoster');
const returnClass = caller('training.returnClass');

const list = listPage({ ask: listRoster, toRow: toRosterRow, owner: { classId: '' }, whenNone: 'keep' });
const sheets = askingPage<'approve' | 'return'>();

export default Page({
  ...list,
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    class: null as ClassPage | null,
    actions: null as ClassActions | null,
    mainText: '',
    kind: '',
    audience: [] as string[],
    rosterTitle: '名册',
    vouchersUrl: '',
    voidUrl: '',
    lines: [] as StepLineView[],
  },

  isGeneral: false,

  onLoad({ classId = '' }) {
    this.owner = { classId };
    this.setData({ vouchersUrl: cityUrl('vouchers', { classId }), voidUrl: cityUrl('void', { classId }) });
  },

  async load() {
    await knowSession();
    const [answer] = await Promise.all([getClass(this.owner), this.loadRows()]);
    if (!answer.ok) return showFailure(this, answer.error);
    const { template, rosterCount } = answer.data;
    this.isGeneral = template.issueMode === 'general';
    this.setData({
      kind: kindText(template),
      audience: audienceTexts(template),
      rosterTitle: rosterTitle('名册', rosterCount),
      lines: classLines(answer.data.history ?? []),
    });
    this.show(answer.data);
  },

  show(trainingClass: ClassView) {
    const actions = classActions(trainingClass, { grants: currentGrants(), isGeneral: this.isGeneral });
    this.setData({
      state: 'ready',
      refusal: null,
      class: toClassPage(trainingClass),
      actions,
      mainText: MAIN_TEXTS[actions.main],
    });
  },

  onMainPress() {
    if (this.data.actions?.main === 'approve') return this.ask('approve');
    void openPage(cityUrl('issue-progress', this.owner));
  },
  onReturnPress() {
    this.ask('return');
  },

  async onApproveConfirm() {
    await this.act(
      () => approveClass(this.owner),
      () => this.load(),
    );
  },
  async onReturnConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    await this.act(
      () => returnClass({ ...this.owner, reason: detail.reason }),
      () => this.load(),
    );
  },
});
