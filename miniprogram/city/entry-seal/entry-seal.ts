import { SEAL_BLOCK_NAMES } from '../../contract/entry';
import { LIMITS } from '../../contract/limits';
import { SEAL_LINES } from '../../text/entry-form-text';
import { askingPage } from '../../page-behaviour/asking-page';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { goBack } from '../../page-behaviour/navigate';
import type { PickedFile } from '../../phone/pick-table';
import { caller } from '../../services/cloud';
import { uploadTable } from '../../services/files';
import { toShanghaiDay } from '../../view/days';
import type { Answer } from '../../view/failure';
import type { Fact } from '../../view/voucher';
import { isSealBlock, readSealForm, sealFacts, type SealForm } from '../view/entry-seal';

const sealApplication = caller('entry.sealApplication');
const startScanUpload = caller('entry.startScanUpload');

const form = formPage<SealForm>({ contactName: '', contactPhone: '', sealedOn: '', fileName: '' });
const sheets = askingPage<'seal'>();

/** Records one of the four seals (公章) with who is to be asked, the day, and a scan of the sealed form. */
export default Page({
  ...form,
  ...sheets,
  data: {
    ...form.data,
    ...sheets.data,
    labels: SEAL_LINES,
    title: '',
    today: '',
    facts: [] as Fact[],
    nameMax: LIMITS.personNameCharsMax,
  },

  applicationId: '',
  block: 'cityHrssIt' as keyof typeof SEAL_BLOCK_NAMES,
  file: undefined as PickedFile | undefined,
  /** Where the chosen file lies already; another try does not send it again. */
  fileId: '',

  onLoad({ applicationId = '', block = '' }) {
    this.applicationId = applicationId;
    if (isSealBlock(block)) this.block = block;
    const today = toShanghaiDay(Date.now());
    this.setData({ title: SEAL_BLOCK_NAMES[this.block], today, 'form.sealedOn': today });
  },

  onFilePick({ detail }: WechatMiniprogram.CustomEvent<PickedFile>) {
    this.file = detail;
    this.fileId = '';
    this.change('fileName', detail.name);
  },

  onSavePress() {
    const read = readSealForm(this.data.form);
    if (!read.ok) return showErrors(this, read.errors);
    this.setData({ facts: sealFacts(this.data.form) });
    this.ask('seal');
  },
  async onSealConfirm() {
    const read = readSealForm(this.data.form);
    if (!read.ok) return;
    const { applicationId, block } = this;
    await this.act(
      async () => {
        const sent = await this.sendScan();
        return sent.ok ? sealApplication({ applicationId, block, ...read.seal, fileId: sent.data }) : sent;
      },
      () => {
        confirmLeave(false);
        return goBack();
      },
    );
  },

  async sendScan(): Promise<Answer<string>> {
    const { applicationId, file } = this;
    if (this.fileId !== '') return { ok: true, data: this.fileId };
    if (!file) return { ok: false, error: { code: 'file_not_found' } };
    const sent = await uploadTable(file, () => startScanUpload({ applicationId }));
    if (sent.ok) this.fileId = sent.data;
    return sent;
  },
});
