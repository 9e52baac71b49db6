import { quietly } from '../../guarded';
import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { loadAll } from '../../services/load-all';
import { findInstitutionId } from '../../session/own-institutions';
import { parameter } from '../parameter';
import {
  ALL_CLASSES,
  OUTCOME_FILTERS,
  toVerificationRow,
  type OutcomeFilter,
  type VerificationRowView,
} from '../view/verification-row';

const listClasses = caller('training.listClasses');
const listVerifications = caller('verification.listVerifications');
const reverseVerification = caller('verification.reverse');

const list = listPage({
  ask: input => listVerifications({ institutionId: findInstitutionId() ?? '', ...input }),
  toRow: verification => toVerificationRow(verification, Date.now()),
  filter: { outcome: '' as OutcomeFilter, classId: ALL_CLASSES.id },
});

const sheets = askingPage<'reverse'>();

export default Page({
  ...list,
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    outcomes: OUTCOME_FILTERS,
    classes: [ALL_CLASSES],
    toReverse: null as VerificationRowView | null,
  },

  onLoad(query) {
    this.setData({ 'filter.classId': parameter(query, 'class') });
    void this.loadClasses();
  },

  /** Choices of a filter; without them the list is as good. */
  async loadClasses() {
    if (!(await needSession(this))) return;
    const institutionId = findInstitutionId() ?? '';
    const answer = await loadAll(page => listClasses({ institutionId, ...page }));
    if (!answer.ok) return;
    this.setData({ classes: [ALL_CLASSES, ...answer.data.map(({ id, name }) => ({ id, text: name }))] });
  },

  onReverseTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: string };
    this.setData({ toReverse: this.data.rows.find(row => row.id === id) ?? null });
    this.ask('reverse');
  },
  async onReverseConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const { toReverse } = this.data;
    if (!toReverse) return;
    await this.act(
      () => reverseVerification({ voucherId: toReverse.voucherId, reason: detail.reason }),
      () => {
        quietly(() => wx.showToast({ title: '已撤销核验', icon: 'success' }));
        return this.load();
      },
    );
  },
});
