import type { VoucherDetailView } from '../../contract/vouchers';
import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { voucherLines, type StepLineView } from '../../view/history';
import type { Tone } from '../../view/tones';
import { statusOf, voucherFacts, type Fact } from '../../view/voucher';
import { voucherActions, type VoucherActions } from '../view/vouchers';

const reverseVerification = caller('verification.reverse');
const getVoucher = caller('voucher.getVoucher');
const voidVoucher = caller('voucher.void');

const sheets = askingPage<'void' | 'reverse'>();

export default Page({
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    holderName: '',
    statusText: '',
    tone: 'wait' as Tone,
    facts: [] as Fact[],
    lines: [] as StepLineView[],
    actions: { canVoid: false, canReverse: false } as VoucherActions,
  },

  voucherId: '',

  onLoad({ voucherId = '' }) {
    this.voucherId = voucherId;
  },

  async load() {
    if (!(await needSession(this))) return;
    const answer = await getVoucher({ voucherId: this.voucherId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.show(answer.data);
  },

  show(voucher: VoucherDetailView) {
    this.setData({
      state: 'ready',
      refusal: null,
      holderName: voucher.holderName,
      ...statusOf(voucher, Date.now()),
      facts: voucherFacts(voucher),
      lines: voucherLines(voucher.history),
      actions: voucherActions(voucher, currentGrants()),
    });
  },

  onAskPress() {
    this.ask(this.data.actions.canVoid ? 'void' : 'reverse');
  },

  async onConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const input = { voucherId: this.voucherId, reason: detail.reason };
    await this.act(
      () => (this.data.asking === 'void' ? voidVoucher(input) : reverseVerification(input)),
      () => this.load(),
    );
  },
});
