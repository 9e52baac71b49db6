import { quietly } from '../../guarded';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { refreshSession, session } from '../../session/session';
import { askToSignIn } from '../../session/sign-in';
import { rolesOf } from '../../view/account';
import { isSignInMissing, toFailureView, type Failure, type FailureView } from '../../view/failure';
import { toHomeView, toNoVoucherView, type HomeView } from '../../view/home';

const listMyVouchers = caller('voucher.listMine');

const STEPS = [
  { title: '登录', text: '用电子社保卡确认是您本人。' },
  { title: '领取', text: '人社部门发券后，在这里点“去领取”。' },
  { title: '上课出示', text: '到培训机构打开二维码，工作人员扫一扫。' },
];

export default Page({
  ...loadingPage(),
  data: {
    ...pageData(),
    signedIn: false,
    /** Whoever was signed in until now is told that it has ended. */
    ended: null as FailureView | null,
    hello: '您好',
    steps: STEPS,
    home: null as HomeView | null,
    none: toNoVoucherView([]),
  },

  /** At most two calls; a phone known to be signed out makes one. */
  async load() {
    const isKnown = session.value.state === 'signed_in';
    const [account, early] = await Promise.all([refreshSession(), isKnown ? listMyVouchers({}) : undefined]);
    if (!account.ok) return this.showSignedOut(account.error);
    const vouchers = early ?? (await listMyVouchers({}));
    if (!vouchers.ok) return showFailure(this, vouchers.error);
    const { items, nextCursor } = vouchers.data;
    this.setData({
      state: 'ready',
      refusal: null,
      signedIn: true,
      hello: `${account.data.name}，您好`,
      home: toHomeView(items, { nowMs: Date.now(), hasMore: nextCursor !== undefined }) ?? null,
      none: toNoVoucherView(rolesOf(account.data)),
    });
  },

  /** Being signed out is this page's normal start, not a failure. */
  showSignedOut(failure: Failure) {
    if (!isSignInMissing(failure)) return showFailure(this, failure);
    this.setData({
      state: 'ready',
      refusal: null,
      signedIn: false,
      ended: failure.code === 'sign_in_ended' ? toFailureView(failure) : null,
      hello: '您好',
      home: null,
    });
  },

  onSignInPress() {
    askToSignIn();
  },
  onNextPress() {
    if (this.data.home) void openPage(this.data.home.url);
  },
  onWorkPress() {
    quietly(() => wx.switchTab({ url: this.data.none.tab }));
  },
  onOpen({ detail }: WechatMiniprogram.CustomEvent<{ url: string }>) {
    void openPage(detail.url);
  },
  onAllTap() {
    quietly(() => wx.switchTab({ url: '/pages/vouchers/vouchers' }));
  },
});
