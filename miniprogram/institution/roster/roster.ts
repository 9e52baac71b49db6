import type { RosterEntryView } from '../../contract/training';
import { once } from '../../services/once';
import { PagedList } from '../../services/paged-list';
import { pageData, showFailure } from '../../services/page-state';
import { getClass, listRoster, removeRosterEntry } from '../../services/training';
import { toFailureView, type FailureView } from '../../view/failure';
import { growRows, listData, showRows } from '../list-rows';
import { parameter } from '../parameter';
import { isEditable } from '../view/class-page';
import { toRosterRow, type RosterRowView } from '../view/roster-row';

export default Page({
  data: {
    ...pageData(),
    ...listData<RosterRowView>(),
    id: '',
    className: '',
    editable: false,
    removing: null as RosterRowView | null,
    removeRefusal: null as FailureView | null,
  },

  list: undefined as PagedList<RosterEntryView> | undefined,

  onLoad(query) {
    const classId = parameter(query, 'id');
    this.setData({ id: classId });
    this.list = new PagedList(page => listRoster({ classId, ...page }));
  },

  // Coming back from an import there are more.
  onShow() {
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    const trainingClass = await getClass({ classId: this.data.id });
    if (!trainingClass.ok) return showFailure(this, trainingClass.error);
    const { name, status } = trainingClass.data;
    this.setData({ className: name, editable: isEditable(status) });
    if (this.list) await showRows(this, { list: this.list, toRow: toRosterRow });
  },

  onMore() {
    if (this.list) void growRows(this, { list: this.list, toRow: toRosterRow });
  },
  onReachBottom() {
    this.onMore();
  },

  onRemoveTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: string };
    this.setData({ removing: this.data.rows.find(row => row.id === id) ?? null, removeRefusal: null });
  },
  onRemoveCancel() {
    this.setData({ removing: null });
  },
  async onRemoveConfirm() {
    const { removing } = this.data;
    if (!removing) return;
    await once(this, async () => {
      const answer = await removeRosterEntry({ entryId: removing.id });
      if (!answer.ok) return this.setData({ removeRefusal: toFailureView(answer.error) });
      this.setData({ removing: null });
      await this.load();
    });
  },
  onRemoveDismiss() {
    this.setData({ removeRefusal: null });
  },

  onImportPress() {
    void wx.navigateTo({
      url: `/institution/roster-import/roster-import?id=${encodeURIComponent(this.data.id)}`,
    });
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
