import type { VoucherDetailView } from '../../contract/vouchers';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { voucherLines, type StepLineView } from '../../view/history';
import type { Tone } from '../../view/tones';
import { statusOf, voucherFacts, type Fact } from '../../view/voucher';
import { voucherActions, type VoucherActions } from '../view/vouchers';

const reverseVerification = caller('verification.reverse');
const getVoucher = caller('voucher.getVoucher');
const voidVoucher = caller('voucher.void');

export default Page({
  data: {
    ...pageData(),
    holderName: '',
    statusText: '',
    tone: 'wait' as Tone,
    facts: [] as Fact[],
    lines: [] as StepLineView[],
    actions: { canVoid: false, canReverse: false } as VoucherActions,
    asking: false,
  },

  voucherId: '',

  onLoad({ voucherId = '' }) {
    this.voucherId = voucherId;
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },

  async load() {
    await knowSession();
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
    this.setData({ asking: true, refusal: null });
  },
  onCancel() {
    this.setData({ asking: false });
  },

  async onConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const input = { voucherId: this.voucherId, reason: detail.reason };
    await once(this, async () => {
      const answer = await (this.data.actions.canVoid ? voidVoucher(input) : reverseVerification(input));
      if (!answer.ok) return showFailure(this, answer.error);
      this.setData({ asking: false });
      await this.load();
    });
  },

  onRetry() {
    void this.load();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
