import type { ImportReport } from '../../contract/imports';
import type { RosterEntryView } from '../../contract/training';
import { openTable, uploadTable, type PickedFile } from '../../services/files';
import { once } from '../../services/once';
import { growRows, listData, showRows } from '../../services/list-page';
import { PagedList } from '../../services/paged-list';
import { pageData, showFailure } from '../../services/page-state';
import { openRosterForm } from '../../services/roster-form';
import { checkRoster, importRoster, listRoster, removeRosterEntry } from '../../services/training';
import { getTemplate } from '../../services/templates';
import { toRowProblems, type RowProblemsView } from '../../view/import-report';
import { knowSession } from '../../services/session';
import { currentGrants } from '../../pages/manage/grants';
import { rosterTitle, toRosterRow, type RosterRow } from '../view/classes';
import { canAct } from '../../pages/manage/scope';

const TITLE = '名单';

/** People who get a 通用券: imported from a file, checked first. */
export default Page({
  data: {
    ...pageData(),
    ...listData<RosterRow>(),
    title: TITLE,
    canImport: false,
    fileName: '',
    report: null as RowProblemsView | null,
    goodCount: 0,
    doneText: '',
    removing: null as { id: string; name: string } | null,
  },

  list: undefined as PagedList<RosterEntryView> | undefined,
  templateId: '',
  fileId: '',

  onLoad({ templateId = '' }) {
    this.templateId = templateId;
    this.list = new PagedList(input => listRoster({ templateId, ...input }));
    void this.load();
  },

  async onPullDownRefresh() {
    this.list?.clear();
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    await knowSession();
    const template = await getTemplate({ templateId: this.templateId });
    if (!template.ok) return showFailure(this, template.error);
    const { cityCode, status } = template.data;
    this.setData({ canImport: canAct(currentGrants(), 'clerk', cityCode) && status !== 'closed' });
    await this.loadRows();
  },

  async loadRows() {
    if (this.list) await showRows(this, { list: this.list, toRow: toRosterRow, whenNone: 'ready' });
    this.setTitle();
  },

  async onMore() {
    if (this.list) await growRows(this, { list: this.list, toRow: toRosterRow });
    this.setTitle();
  },

  setTitle() {
    this.setData({ title: rosterTitle(TITLE, this.data.rows.length, this.data.hasMore) });
  },

  /** Picked is sent and checked at once; nothing is kept until it is imported. */
  async onPicked({ detail }: WechatMiniprogram.CustomEvent<PickedFile>) {
    await once(this, async () => {
      this.setData({ fileName: detail.name, report: null, goodCount: 0, doneText: '', refusal: null });
      const uploaded = await uploadTable(detail);
      if (!uploaded.ok) return showFailure(this, uploaded.error);
      this.fileId = uploaded.data;
      const checked = await checkRoster({ templateId: this.templateId, fileId: this.fileId });
      if (!checked.ok) return showFailure(this, checked.error);
      this.showReport(checked.data);
    });
  },

  showReport(report: ImportReport) {
    this.setData({ refusal: null, report: toRowProblems(report), goodCount: report.good });
  },

  async onImportPress() {
    await once(this, async () => {
      const imported = await importRoster({ templateId: this.templateId, fileId: this.fileId });
      if (!imported.ok) return showFailure(this, imported.error);
      this.showReport(imported.data);
      this.setData({ goodCount: 0, fileName: '', doneText: `已加入 ${imported.data.added} 人` });
      await this.loadRows();
    });
  },

  async onFile({ detail }: WechatMiniprogram.CustomEvent<{ url: string }>) {
    const opened = await openTable(detail.url);
    if (!opened.ok) showFailure(this, opened.error);
  },

  onFormPress() {
    void openRosterForm(this);
  },

  onRemove({ detail }: WechatMiniprogram.CustomEvent<{ id: string; name: string }>) {
    this.setData({ removing: detail, refusal: null });
  },
  onRemoveCancel() {
    this.setData({ removing: null });
  },
  async onRemoveConfirm() {
    const { removing } = this.data;
    if (!removing) return;
    await once(this, async () => {
      const answer = await removeRosterEntry({ entryId: removing.id });
      if (!answer.ok) return showFailure(this, answer.error);
      this.setData({ removing: null });
      await this.loadRows();
    });
  },

  onAgain() {
    if (this.data.removing) void this.onRemoveConfirm();
    else if (this.data.goodCount > 0) void this.onImportPress();
    else void this.load();
  },
  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
