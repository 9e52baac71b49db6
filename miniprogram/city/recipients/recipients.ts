import type { ImportReport } from '../../contract/imports';
import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { needSession } from '../../page-behaviour/need-session';
import { once } from '../../page-behaviour/once';
import { showFailure } from '../../page-behaviour/page-state';
import { openRosterForm } from '../../page-behaviour/roster-form';
import type { PickedFile } from '../../phone/pick-table';
import { caller } from '../../services/cloud';
import { openTable, uploadTable } from '../../services/files';
import { currentGrants } from '../../session/session';
import { canAct } from '../../view/grants';
import { toRowProblems, type RowProblemsView } from '../../view/import-report';
import { rosterTitle, toRosterRow } from '../view/classes';

const startUpload = caller('training.startUpload');
const checkRoster = caller('training.checkRoster');
const importRoster = caller('training.importRoster');
const listRoster = caller('training.listRoster');
const removeRosterEntry = caller('training.removeRosterEntry');
const getTemplate = caller('voucher.getTemplate');

const TITLE = '名单';

const list = listPage({
  ask: listRoster,
  toRow: toRosterRow,
  owner: { templateId: '' },
  whenNone: 'ready',
  // Choosing a file hides the page for a moment; what is said of the file then must not be swept away.
  once: true,
});
const sheets = askingPage<'remove'>();

/** People who get a 通用券: imported from a file, checked first. */
export default Page({
  ...list,
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    title: TITLE,
    canImport: false,
    fileName: '',
    /** The file is being sent, checked or taken in. */
    isHandling: false,
    report: null as RowProblemsView | null,
    goodCount: 0,
    doneText: '',
    removing: { id: '', name: '' },
  },

  file: undefined as PickedFile | undefined,
  fileId: '',

  onLoad({ templateId = '' }) {
    this.owner = { templateId };
  },

  async load() {
    if (!(await needSession(this))) return;
    const [template] = await Promise.all([getTemplate(this.owner), this.loadRows()]);
    if (!template.ok) return showFailure(this, template.error);
    const { cityCode, status, rosterCount } = template.data;
    this.setData({
      canImport: canAct(currentGrants(), 'clerk', { cityCode }) && status !== 'closed',
      title: rosterTitle(TITLE, rosterCount),
    });
  },

  async handle(work: () => Promise<void>) {
    await once(this, async () => {
      this.setData({ isHandling: true });
      try {
        await work();
      } finally {
        this.setData({ isHandling: false });
      }
    });
  },

  /** Picked is sent and checked at once; nothing is kept until it is imported. */
  async onPicked({ detail }: WechatMiniprogram.CustomEvent<PickedFile>) {
    this.file = detail;
    this.fileId = '';
    await this.check(detail);
  },
  async check(file: PickedFile) {
    await this.handle(async () => {
      this.setData({ fileName: file.name, report: null, goodCount: 0, doneText: '', refusal: null });
      const uploaded = this.fileId
        ? ({ ok: true, data: this.fileId } as const)
        : await uploadTable(file, () => startUpload(this.owner));
      if (!uploaded.ok) return showFailure(this, uploaded.error);
      this.fileId = uploaded.data;
      const checked = await checkRoster({ ...this.owner, fileId: this.fileId });
      if (!checked.ok) return showFailure(this, checked.error);
      this.showReport(checked.data);
    });
  },

  showReport(report: ImportReport) {
    this.setData({ refusal: null, report: toRowProblems(report), goodCount: report.good });
  },

  async onImportPress() {
    await this.handle(async () => {
      const imported = await importRoster({ ...this.owner, fileId: this.fileId });
      if (!imported.ok) return showFailure(this, imported.error);
      this.showReport(imported.data);
      this.file = undefined;
      this.setData({ goodCount: 0, fileName: '', doneText: `已加入 ${imported.data.added} 人` });
      await this.load();
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
    this.setData({ removing: detail });
    this.ask('remove');
  },
  async onRemoveConfirm() {
    await this.act(
      () => removeRosterEntry({ entryId: this.data.removing.id }),
      () => this.load(),
    );
  },

  onAgain() {
    if (this.data.goodCount > 0) void this.onImportPress();
    else if (this.file && !this.data.report) void this.check(this.file);
    else void this.load();
  },
  onSignedIn() {
    this.onAgain();
  },
});
