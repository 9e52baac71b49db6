import { quietly } from '../../guarded';
import { CONSENT_VERSION } from '../../contract/accounts';
import { askingPage } from '../../page-behaviour/asking-page';
import { pageData } from '../../page-behaviour/page-state';
import { endSession, knowSession, session, type Session } from '../../session/session';
import { askToSignIn } from '../../session/sign-in';
import { HOTLINE } from '../../text/hotline';
import { roleTexts } from '../../view/account';
import { failureText } from '../../view/failure';

const sheets = askingPage<'sign_out'>();

export default Page({
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    state: 'ready' as const,
    signedIn: false,
    ended: false,
    endedText: failureText({ code: 'sign_in_ended' }),
    /** Empty for nobody. */
    name: '',
    roles: [] as string[],
    consentText: '',
    hotline: HOTLINE,
  },

  stopObserving: () => {},

  onLoad() {
    this.stopObserving = session.observe(value => this.show(value));
    void knowSession();
  },

  onUnload() {
    this.stopObserving();
  },

  show({ state, account }: Session) {
    this.setData({
      signedIn: state === 'signed_in',
      ended: state === 'ended',
      name: account?.name ?? '',
      roles: account ? roleTexts(account) : ['登录后可以领券、用券'],
      consentText: account ? `已同意 ${account.consentVersion} 版` : `${CONSENT_VERSION} 版`,
    });
  },

  onSignInPress() {
    askToSignIn();
  },
  onSignOutPress() {
    this.ask('sign_out');
  },

  async onSignOutConfirm() {
    await this.act(endSession, () => {});
  },

  onCallTap() {
    // Closing the phone's own question is no failure.
    quietly(() => wx.makePhoneCall({ phoneNumber: HOTLINE }));
  },
});
