import { groupCount } from '../../contract/fen';
import { LIMITS } from '../../contract/limits';
import { askingPage } from '../../page-behaviour/asking-page';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { loadingPage } from '../../page-behaviour/loading-page';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import type { Fact } from '../../view/voucher';
import { findVoidJob, forgetVoidJob, keepVoidJob } from '../last-void-job';
import { readCodes, type CodesView } from '../view/codes';
import { countVoidable } from '../view/vouchers';

const getClass = caller('training.getClass');
const voidVouchers = caller('voucher.voidBatch');

const sheets = askingPage<'void'>();

/** Voids the unused vouchers of a class, or those of pasted codes. */
export default Page({
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    byClass: false,
    facts: [] as Fact[],
    text: '',
    codes: readCodes(''),
    countText: '',
    canVoid: false,
    jobId: '',
    codesMax: LIMITS.voidCodesMax,
  },

  classId: '',

  onLoad({ classId = '' }) {
    this.classId = classId;
    this.setData({ byClass: classId !== '', jobId: findVoidJob(this.target()) ?? '' });
  },

  target(): string {
    return this.classId === '' ? 'codes' : this.classId;
  },

  async load() {
    if (this.classId === '') return this.setData({ state: 'ready' });
    const found = await getClass({ classId: this.classId });
    if (!found.ok) return showFailure(this, found.error);
    const voidable = countVoidable(found.data.voucherCounts);
    const countText = `${groupCount(voidable)} 张`;
    this.setData({
      state: 'ready',
      refusal: null,
      facts: [
        { label: '班期', value: found.data.name },
        { label: '培训机构', value: found.data.institutionName },
        { label: '可以作废', value: countText },
      ],
      countText,
      canVoid: voidable > 0,
    });
  },

  onTextChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    const codes: CodesView = readCodes(detail.value);
    this.setData({
      text: detail.value,
      codes,
      canVoid: codes.ok,
      countText: `${groupCount(codes.codes.length)} 张`,
    });
    confirmLeave(detail.value.trim() !== '');
  },

  onVoidPress() {
    this.ask('void');
  },

  async onConfirm({ detail: { reason } }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const { classId } = this;
    const what = classId === '' ? { voucherCodes: this.data.codes.codes } : { classId };
    await this.act(
      () => voidVouchers({ reason, ...what }),
      ({ id }) => {
        keepVoidJob(this.target(), id);
        confirmLeave(false);
        this.setData({ refusal: null, jobId: id });
      },
    );
  },

  onNextPress() {
    forgetVoidJob(this.target());
    this.setData({ jobId: '', text: '', codes: readCodes(''), canVoid: false });
    void this.load();
  },
});
