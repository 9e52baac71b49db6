import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { toFailureView, type FailureView } from '../../view/failure';
import { parameter } from '../parameter';
import { isEditable } from '../view/class-page';
import { toRosterRow, type RosterRowView } from '../view/roster-row';

const getClass = caller('training.getClass');
const listRoster = caller('training.listRoster');
const removeRosterEntry = caller('training.removeRosterEntry');

const list = listPage({ ask: listRoster, toRow: toRosterRow, owner: { classId: '' } });

export default Page({
  ...list,
  data: {
    ...list.data,
    className: '',
    editable: false,
    removing: null as RosterRowView | null,
    removeRefusal: null as FailureView | null,
  },

  onLoad(query) {
    this.owner = { classId: parameter(query, 'id') };
  },

  async load() {
    const trainingClass = await getClass(this.owner);
    if (!trainingClass.ok) return showFailure(this, trainingClass.error);
    const { name, status } = trainingClass.data;
    this.setData({ className: name, editable: isEditable(status) });
    await this.loadRows();
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
    void openPage(`/institution/roster-import/roster-import?id=${encodeURIComponent(this.owner.classId)}`);
  },
});
