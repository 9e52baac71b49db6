import type { CityCode } from '../../contract/areas';
import type { EntryStatus } from '../../contract/entry';
import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { caller } from '../../services/cloud';
import { currentGrants, officeCities } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import { isProvince, wholeCitiesWith } from '../../view/grants';
import { cityFilters } from '../view/cities';
import { ENTRY_FILTERS, isEntryStatus, toDeadline, toEntryRow, type DeadlineView } from '../view/entry';

const listApplications = caller('entry.listApplications');
const setDeadline = caller('entry.setDeadline');

/** Told with every page of the list. */
let deadlineOn = '';

const list = listPage({
  ask: async input => {
    const answer = await listApplications({ ...officeCities(), ...input });
    if (answer.ok) deadlineOn = answer.data.deadlineOn;
    return answer;
  },
  toRow: toEntryRow,
  filter: { status: '' as EntryStatus | '', cityCode: '' as CityCode | '' },
});
const sheets = askingPage<'deadline'>();

/** Network entry (入网申请) of the cities: how far each application is, and until when they are to be handed in. */
export default Page({
  ...list,
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    statuses: ENTRY_FILTERS,
    cities: cityFilters([]),
    canFill: false,
    canSetDeadline: false,
    deadline: null as DeadlineView | null,
    nextDeadline: null as DeadlineView | null,
  },

  onLoad({ status = '' }) {
    if (isEntryStatus(status)) this.setData({ 'filter.status': status });
  },

  async load() {
    if (!(await needSession(this))) return;
    const grants = currentGrants();
    this.setData({
      cities: cityFilters(grants),
      canFill: wholeCitiesWith(grants, 'clerk').length > 0,
      canSetDeadline: isProvince(grants),
    });
    await this.loadRows();
    this.showDeadline();
  },

  showDeadline() {
    if (deadlineOn !== '') this.setData({ deadline: toDeadline(deadlineOn, Date.now()) });
  },

  onDeadlineChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    if (detail.value === this.data.deadline?.day) return;
    this.setData({ nextDeadline: toDeadline(detail.value, Date.now()) });
    this.ask('deadline');
  },
  async onDeadlineConfirm() {
    const day = this.data.nextDeadline?.day ?? '';
    await this.act(
      () => setDeadline({ deadlineOn: day }),
      answer => {
        deadlineOn = answer.deadlineOn;
        this.showDeadline();
      },
    );
  },

  onFillPress() {
    void openPage(cityUrl('entry-form'));
  },
});
