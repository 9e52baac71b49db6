import { confirmLeave } from '../../services/confirm-leave';
import { openTable, uploadTable, type PickedFile } from '../../services/files';
import { once } from '../../services/once';
import { pageData, showFailure } from '../../services/page-state';
import { checkRoster, importRoster } from '../../services/training';
import { toRowProblems, type RowProblemsView } from '../../view/import-report';
import { parameter } from '../parameter';
import { importButton, importedText, ROSTER_HINTS, type ImportStep } from '../view/import-step';

export default Page({
  data: {
    ...pageData(),
    state: 'ready' as const,
    step: 'pick' as ImportStep,
    hints: ROSTER_HINTS,
    fileName: '',
    report: null as RowProblemsView | null,
    button: { text: '', disabled: true },
    doneText: '',
  },

  classId: '',
  file: undefined as PickedFile | undefined,
  fileId: '',

  onLoad(query) {
    this.classId = parameter(query, 'id');
  },

  onPicked({ detail }: WechatMiniprogram.CustomEvent<PickedFile>) {
    this.file = detail;
    this.fileId = '';
    this.setData({ step: 'pick', fileName: detail.name, report: null, refusal: null });
    void this.check();
  },

  /** Uploads the file once and asks what an import would say; nothing is stored. */
  async check() {
    const { file, classId } = this;
    if (!file) return;
    await once(this, async () => {
      this.setData({ refusal: null });
      const sent = this.fileId ? ({ ok: true, data: this.fileId } as const) : await uploadTable(file);
      if (!sent.ok) return showFailure(this, sent.error);
      this.fileId = sent.data;
      const answer = await checkRoster({ classId, fileId: sent.data });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(answer.data.good > 0);
      this.setData({
        step: 'checked',
        report: toRowProblems(answer.data),
        button: importButton(answer.data, '人'),
      });
    });
  },

  async onImportPress() {
    await once(this, async () => {
      const answer = await importRoster({ classId: this.classId, fileId: this.fileId });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      this.setData({
        step: 'done',
        refusal: null,
        report: toRowProblems(answer.data),
        doneText: importedText(answer.data),
      });
    });
  },

  onAgain() {
    void (this.data.step === 'checked' ? this.onImportPress() : this.check());
  },
  async onFileOpen({ detail }: WechatMiniprogram.CustomEvent<{ url: string }>) {
    const opened = await openTable(detail.url);
    if (!opened.ok) showFailure(this, opened.error);
  },
  onDonePress() {
    void wx.navigateBack();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
