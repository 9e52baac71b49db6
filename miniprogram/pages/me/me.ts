import { CONSENT_VERSION } from '../../contract/accounts';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { endSession, knowSession, session, type Session } from '../../session/session';
import { askToSignIn } from '../../session/sign-in';
import { HOTLINE } from '../../text/hotline';
import { roleTexts } from '../../view/account';

export default Page({
  data: {
    ...pageData(),
    state: 'ready' as const,
    signedIn: false,
    name: '',
    roles: [] as string[],
    consentText: '',
    hotline: HOTLINE,
    asking: false,
  },

  stopObserving: () => {},

  onLoad() {
    this.stopObserving = session.observe(value => this.show(value));
    void knowSession();
  },

  onUnload() {
    this.stopObserving();
  },

  show({ account }: Session) {
    this.setData({
      signedIn: account !== undefined,
      name: account?.name ?? '',
      roles: account ? roleTexts(account) : ['登录后可以领券、用券'],
      consentText: account ? `已同意 ${account.consentVersion} 版` : `${CONSENT_VERSION} 版`,
    });
  },

  onSignInPress() {
    askToSignIn();
  },
  onSignOutPress() {
    this.setData({ asking: true });
  },
  onSignOutCancel() {
    this.setData({ asking: false });
  },

  async onSignOutConfirm() {
    await once(this, async () => {
      const answer = await endSession();
      this.setData({ asking: false });
      if (!answer.ok) showFailure(this, answer.error);
    });
  },

  onCallTap() {
    // Closing the phone's own question is no failure.
    void wx.makePhoneCall({ phoneNumber: HOTLINE, fail: () => undefined });
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
