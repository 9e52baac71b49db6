import { isFinal, UNDO_WINDOW_MS, type VoucherDetailView, type VoucherStatus } from '../../contract/vouchers';
import { openPage } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { pollingPage } from '../../page-behaviour/polling-page';
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

/** Others scan it, take the scan back, settle it: the page follows, for as long as an institution may take a scan back. */
const FOLLOW_EVERY_MS = 10_000;
const FOLLOW_TIMES = UNDO_WINDOW_MS / FOLLOW_EVERY_MS;

export default Page({
  ...pollingPage(FOLLOW_EVERY_MS, FOLLOW_TIMES),
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

  /** @returns whether others may still change it. */
  async query(): Promise<boolean> {
    const answer = await getMyVoucher({ voucherId: this.voucherId });
    if (!answer.ok) {
      showFailure(this, answer.error);
      return false;
    }
    this.show(answer.data);
    return !isFinal(answer.data.status);
  },

  show(voucher: VoucherDetailView) {
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
