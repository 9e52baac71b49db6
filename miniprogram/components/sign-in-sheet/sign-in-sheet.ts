import { CONSENT_VERSION } from '../../contract/accounts';
import { openPage } from '../../page-behaviour/navigate';
import { dismissSignIn, openEssc, signInState, type SignInState } from '../../session/sign-in';
import { failureText } from '../../view/failure';

const stops = new WeakMap<object, () => void>();

const WAITING_TEXTS: Partial<Record<SignInState['step'], string>> = {
  opening: '正在打开电子社保卡…',
  finishing: '正在登录…',
};

/** Consent with its version, then the jump to the e-SSC. One sits in every page-frame; `askToSignIn()` opens it. */
export default Component({
  data: {
    visible: false,
    waiting: false,
    waitingText: '',
    failureText: '',
    version: CONSENT_VERSION,
    items: ['姓名、身份证号：确认是您本人', '社保卡状态：确认卡能正常使用', '手机号：补贴有变化时能联系到您'],
  },

  lifetimes: {
    attached() {
      stops.set(
        this,
        signInState.observe(state => this.apply(state)),
      );
    },
    detached() {
      stops.get(this)?.();
      stops.delete(this);
    },
  },

  methods: {
    apply({ step, failure }: SignInState) {
      const waitingText = WAITING_TEXTS[step];
      this.setData({
        visible: step !== 'idle',
        waiting: waitingText !== undefined,
        waitingText: waitingText ?? '',
        failureText: failure ? failureText(failure) : '',
      });
    },
    onAgree() {
      void openEssc();
    },
    onRefuse() {
      dismissSignIn();
    },
    onVisibleChange({ detail }: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!detail.visible && !this.data.waiting) dismissSignIn();
    },
    onReadTap() {
      void openPage('/worker/privacy/privacy');
    },
  },
});
