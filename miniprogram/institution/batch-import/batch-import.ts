import { confirmLeave } from '../../services/confirm-leave';
import { openTable, uploadTable, type PickedFile } from '../../services/files';
import { once } from '../../services/once';
import { pageData, showFailure } from '../../services/page-state';
import { checkCodes, importCodes } from '../../services/settlement';
import { toRowProblems, type RowProblemsView } from '../../view/import-report';
import { parameter } from '../parameter';
import { jobUrl } from '../view/batch';
import { CODE_HINTS, importButton } from '../view/import-step';

export default Page({
  data: {
    ...pageData(),
    state: 'ready' as const,
    step: 'pick' as 'pick' | 'checked',
    hints: CODE_HINTS,
    fileName: '',
    report: null as RowProblemsView | null,
    button: { text: '', disabled: true },
  },

  batchId: '',
  file: undefined as PickedFile | undefined,
  fileId: '',

  onLoad(query) {
    this.batchId = parameter(query, 'id');
  },

  onPicked({ detail }: WechatMiniprogram.CustomEvent<PickedFile>) {
    this.file = detail;
    this.fileId = '';
    this.setData({ step: 'pick', fileName: detail.name, report: null, refusal: null });
    void this.check();
  },

  /** Uploads the file once and asks what an import would say; nothing is stored. */
  async check() {
    const { file, batchId } = this;
    if (!file) return;
    await once(this, async () => {
      this.setData({ refusal: null });
      const sent = this.fileId ? ({ ok: true, data: this.fileId } as const) : await uploadTable(file);
      if (!sent.ok) return showFailure(this, sent.error);
      this.fileId = sent.data;
      const answer = await checkCodes({ batchId, fileId: sent.data });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(answer.data.good > 0);
      this.setData({
        step: 'checked',
        report: toRowProblems(answer.data),
        button: importButton(answer.data, '张'),
      });
    });
  },

  async onImportPress() {
    await once(this, async () => {
      const answer = await importCodes({ batchId: this.batchId, fileId: this.fileId });
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      await wx.redirectTo({ url: jobUrl(answer.data.id) });
    });
  },

  onAgain() {
    void (this.data.step === 'checked' ? this.onImportPress() : this.check());
  },
  async onFileOpen({ detail }: WechatMiniprogram.CustomEvent<{ url: string }>) {
    const opened = await openTable(detail.url);
    if (!opened.ok) showFailure(this, opened.error);
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
