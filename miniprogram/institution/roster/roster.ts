import { isClassEditable } from '../../contract/training';
import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { parameter } from '../parameter';
import { toRosterRow, type RosterRowView } from '../view/roster-row';

const getClass = caller('training.getClass');
const listRoster = caller('training.listRoster');
const removeRosterEntry = caller('training.removeRosterEntry');

const list = listPage({ ask: listRoster, toRow: toRosterRow, owner: { classId: '' } });
const sheets = askingPage<'remove'>();

export default Page({
  ...list,
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    className: '',
    editable: false,
    removing: null as RosterRowView | null,
  },

  onLoad(query) {
    this.owner = { classId: parameter(query, 'id') };
  },

  async load() {
    const [trainingClass] = await Promise.all([getClass(this.owner), this.loadRows()]);
    if (!trainingClass.ok) return showFailure(this, trainingClass.error);
    const { name, status } = trainingClass.data;
    this.setData({ className: name, editable: isClassEditable(status) });
  },

  onRemoveTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: string };
    this.setData({ removing: this.data.rows.find(row => row.id === id) ?? null });
    this.ask('remove');
  },
  async onRemoveConfirm() {
    const { removing } = this.data;
    if (!removing) return;
    await this.act(
      () => removeRosterEntry({ entryId: removing.id }),
      () => this.load(),
    );
  },

  onImportPress() {
    void openPage(`/institution/roster-import/roster-import?id=${encodeURIComponent(this.owner.classId)}`);
  },
});
