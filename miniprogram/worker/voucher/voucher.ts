import type { VoucherStatus } from '../../contract/vouchers';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { voucherLines, type StepLineView } from '../../view/history';
import { STATUS_MEANINGS } from '../../view/home';
import {
  codeUrl,
  isTooLateToClaim,
  toVoucherCard,
  voucherFacts,
  voucherUrl,
  type Fact,
  type VoucherCardView,
} from '../../view/voucher';

const getMyVoucher = caller('voucher.getMine');

const BUTTONS: Partial<Record<VoucherStatus, string>> = { issued: '去领取', claimed: '出示二维码' };

export default Page({
  ...loadingPage(),
  data: {
    ...pageData(),
    /** The one to point out among the meanings. */
    status: '' as VoucherStatus | '',
    card: null as VoucherCardView | null,
    facts: [] as Fact[],
    lines: [] as StepLineView[],
    meanings: STATUS_MEANINGS,
    button: '',
  },

  voucherId: '',
  mainUrl: '',

  onLoad(query) {
    this.voucherId = query['id'] ?? '';
  },

  async load() {
    const answer = await getMyVoucher({ voucherId: this.voucherId });
    if (!answer.ok) return showFailure(this, answer.error);
    const voucher = answer.data;
    const nowMs = Date.now();
    const isTooLate = isTooLateToClaim(voucher, nowMs);
    this.mainUrl = voucher.status === 'claimed' ? codeUrl(voucher.id) : voucherUrl(voucher, nowMs);
    this.setData({
      state: 'ready',
      refusal: null,
      status: isTooLate ? '' : voucher.status,
      card: toVoucherCard(voucher, nowMs),
      facts: voucherFacts(voucher),
      lines: voucherLines(voucher.history),
      button: isTooLate ? '' : (BUTTONS[voucher.status] ?? ''),
    });
  },

  onMainPress() {
    void openPage(this.mainUrl);
  },
});
