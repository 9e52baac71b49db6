import type { PageInput } from '../../contract/paging';
import type { VerificationView } from '../../contract/vouchers';
import { once } from '../../services/once';
import { PagedList } from '../../services/paged-list';
import { pageData } from '../../services/page-state';
import { listClasses } from '../../services/training';
import { listVerifications, reverseVerification } from '../../services/verification';
import { findInstitutionId } from '../../services/work-place';
import { toFailureView, type FailureView } from '../../view/failure';
import { growRows, listData, showRows } from '../list-rows';
import { loadAll } from '../load-all';
import { parameter } from '../parameter';
import {
  ALL_CLASSES,
  OUTCOME_FILTERS,
  toVerificationRow,
  type OutcomeFilter,
  type VerificationRowView,
} from '../view/verification-row';

const loadVerifications = (outcome: OutcomeFilter, classId: string) => (page: PageInput) =>
  listVerifications({
    institutionId: findInstitutionId() ?? '',
    ...(outcome !== 'all' && { outcome }),
    ...(classId !== ALL_CLASSES.id && { classId }),
    ...page,
  });

export default Page({
  data: {
    ...pageData(),
    ...listData<VerificationRowView>(),
    outcomes: OUTCOME_FILTERS,
    outcome: 'all' as OutcomeFilter,
    classes: [ALL_CLASSES],
    classId: ALL_CLASSES.id,
    undoing: null as VerificationRowView | null,
    undoRefusal: null as FailureView | null,
  },

  list: undefined as PagedList<VerificationView> | undefined,
  undone: new Set<string>(),

  onLoad(query) {
    this.undone = new Set();
    const classId = parameter(query, 'class');
    if (classId) this.setData({ classId });
    void this.load();
    void this.loadClasses();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    const { outcome, classId } = this.data;
    const list = new PagedList(loadVerifications(outcome, classId));
    this.list = list;
    const isFiltered = outcome !== 'all' || classId !== ALL_CLASSES.id;
    await showRows(this, { list, toRow: row => this.toRow(row), whenNone: isFiltered ? 'ready' : 'empty' });
  },

  toRow(verification: VerificationView): VerificationRowView {
    return toVerificationRow(verification, { nowMs: Date.now(), undone: this.undone });
  },

  /** Choices of a filter; without them the list is as good. */
  async loadClasses() {
    const institutionId = findInstitutionId() ?? '';
    const answer = await loadAll(page => listClasses({ institutionId, ...page }));
    if (!answer.ok) return;
    this.setData({ classes: [ALL_CLASSES, ...answer.data.map(({ id, name }) => ({ id, text: name }))] });
  },

  onOutcomeChange({ detail }: WechatMiniprogram.CustomEvent<{ id: OutcomeFilter }>) {
    this.setData({ outcome: detail.id, rows: [], hasMore: false });
    void this.load();
  },
  onClassChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ classId: detail.value, rows: [], hasMore: false });
    void this.load();
  },
  onMore() {
    if (this.list) void growRows(this, { list: this.list, toRow: row => this.toRow(row) });
  },
  onReachBottom() {
    this.onMore();
  },

  onUndoTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: string };
    this.setData({ undoing: this.data.rows.find(row => row.id === id) ?? null, undoRefusal: null });
  },
  onUndoCancel() {
    this.setData({ undoing: null });
  },
  async onUndoConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const { undoing } = this.data;
    if (!undoing) return;
    await once(this, async () => {
      const answer = await reverseVerification({ voucherId: undoing.voucherId, reason: detail.reason });
      if (!answer.ok) return this.setData({ undoRefusal: toFailureView(answer.error) });
      this.undone.add(undoing.id);
      this.setData({ undoing: null });
      void wx.showToast({ title: '已撤销核验', icon: 'success' });
      await this.load();
    });
  },
  onUndoDismiss() {
    this.setData({ undoRefusal: null });
  },

  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
