import { isFinal, UNDO_WINDOW_MS, type DynamicCode, type VoucherView } from '../../contract/vouchers';
import { quietly } from '../../guarded';
import { goBack } from '../../page-behaviour/navigate';
import { pageData, refusablePage, showAsOf, showFailure } from '../../page-behaviour/page-state';
import { Polling } from '../../page-behaviour/polling';
import { brightenScreen, restoreScreen } from '../../phone/screen';
import { caller } from '../../services/cloud';
import { HOTLINE } from '../../text/hotline';
import {
  codeLifetimeMs,
  groupDigits,
  STATE_REFUSALS,
  toCodeResult,
  type CodeResultView,
} from '../../view/code';
import { groupCode } from '../../view/voucher';

const getMyVoucher = caller('voucher.getMine');
const showCode = caller('voucher.showCode');

const ASK_EVERY_MS = 3_000;
/** After the scan: for as long as the institution may take it back. */
const FOLLOW_EVERY_MS = 10_000;
const FOLLOW_TIMES = UNDO_WINDOW_MS / FOLLOW_EVERY_MS;

const TIPS = [
  '擦一擦屏幕，把手机拿近一点、拿平。',
  '请工作人员点“输入数字”，念出上面的六位数字。',
  '手机没有网络时二维码不会更新，请连上网络。',
  `还不行，请工作人员拨打 ${HOTLINE}，或改天再核验，券不会少。`,
];

export default Page({
  ...refusablePage,
  data: {
    ...pageData(),
    qrText: '',
    digits: '',
    /** 券码 of a 通用券, to be read out with the digits. */
    code: '',
    endsAtMs: 0,
    /** The code on the screen is too old to be accepted and is taken away. */
    stale: false,
    captured: false,
    result: null as CodeResultView | null,
    /** The scan was taken back: a new code is shown. */
    undone: false,
    tips: TIPS,
  },

  voucherId: '',
  polling: undefined as Polling | undefined,
  following: undefined as Polling | undefined,
  /** The scan happened in front of this screen. */
  watched: false,
  refreshTimer: undefined as number | undefined,
  onCapture: () => {},

  onLoad(query) {
    this.voucherId = query['id'] ?? '';
    this.polling = new Polling(ASK_EVERY_MS, () => this.ask());
    this.following = new Polling(FOLLOW_EVERY_MS, () => this.follow(), FOLLOW_TIMES);
    this.onCapture = () => {
      this.setData({ captured: true });
      void this.refresh();
    };
    quietly(() => wx.onUserCaptureScreen(this.onCapture));
  },

  onShow() {
    if (this.data.result) void this.followOn();
    else this.present();
  },

  present() {
    void brightenScreen();
    void this.refresh();
    this.polling?.start();
  },

  onHide() {
    this.rest();
  },

  onUnload() {
    this.rest();
    quietly(() => wx.offUserCaptureScreen());
  },

  /** Nothing runs behind another page, and the screen is as it was. */
  rest() {
    this.polling?.stop();
    this.following?.stop();
    if (this.refreshTimer !== undefined) clearTimeout(this.refreshTimer);
    void restoreScreen();
  },

  /**
   * Gets the next code. At the end of its window, not before: an earlier one would be of the same window. The old code is
   * still accepted meanwhile, so the picture never stops working.
   */
  async refresh() {
    if (this.refreshTimer !== undefined) clearTimeout(this.refreshTimer);
    const answer = await showCode({ voucherId: this.voucherId });
    if (this.data.result) return;
    if (answer.ok) return this.show(answer.data);
    if (STATE_REFUSALS.has(answer.error.code)) await this.ask();
    else this.fail(answer.error);
  },

  show(code: DynamicCode) {
    const lifetimeMs = codeLifetimeMs(code);
    this.setData({
      state: 'ready',
      refusal: null,
      stale: false,
      qrText: code.qrText,
      digits: groupDigits(code.digits),
      endsAtMs: Date.now() + lifetimeMs,
    });
    this.refreshTimer = setTimeout(() => void this.refresh(), lifetimeMs);
  },

  /** A 通用券 stands on no list of the institution, so digits need it beside them. */
  showVoucherCode({ issueMode, code }: VoucherView) {
    const text = issueMode === 'general' ? groupCode(code) : '';
    if (text !== this.data.code) this.setData({ code: text });
  },

  fail(error: Parameters<typeof showFailure>[1]) {
    this.setData({ stale: true });
    showFailure(this, error);
  },

  /** Has it been scanned? Failing to ask is no news: the code itself shows whether there is a network. */
  async ask(): Promise<'again' | 'stop'> {
    const answer = await getMyVoucher({ voucherId: this.voucherId });
    this.watched = this.data.qrText !== '';
    const result = answer.ok ? toCodeResult(answer.data, this.watched) : undefined;
    if (answer.ok) this.showVoucherCode(answer.data);
    // The network is back before anybody has pressed a button.
    if (answer.ok && !result && this.data.stale) void this.refresh();
    if (!result) return 'again';
    this.rest();
    this.setData({ state: 'ready', refusal: null, result, undone: false });
    showAsOf(this);
    this.following?.start();
    quietly(() => wx.vibrateShort({ type: 'medium' }));
    return 'stop';
  },

  /** Coming back to the page: at once, and then from time to time. */
  async followOn() {
    if ((await this.follow()) === 'again') this.following?.start();
  },

  /** What others made of the voucher since it was scanned. No news leaves the page as of when it was right. */
  async follow(): Promise<'again' | 'stop'> {
    const answer = await getMyVoucher({ voucherId: this.voucherId });
    if (!answer.ok) return 'again';
    const result = toCodeResult(answer.data, this.watched) ?? null;
    this.setData({ result, undone: result === null });
    showAsOf(this);
    if (result) return isFinal(answer.data.status) ? 'stop' : 'again';
    this.present();
    return 'stop';
  },

  onRetry() {
    void this.refresh();
    this.polling?.start();
  },
  onSignedIn() {
    if (!this.data.result) this.onRetry();
  },
  onDonePress() {
    void goBack();
  },
});
