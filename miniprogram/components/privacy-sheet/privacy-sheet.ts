import { quietly } from '../../guarded';
import { AGREE_BUTTON_ID, agreeToPrivacy, privacyAsked, refusePrivacy } from '../../phone/privacy';

const stops = new WeakMap<object, () => void>();

/** Consent to WeChat's privacy guide, when something needs it. One sits in every page-frame. */
export default Component({
  data: { visible: false, buttonId: AGREE_BUTTON_ID },

  lifetimes: {
    attached() {
      stops.set(
        this,
        privacyAsked.observe(visible => this.setData({ visible })),
      );
    },
    detached() {
      stops.get(this)?.();
      stops.delete(this);
    },
  },

  methods: {
    onAgree() {
      agreeToPrivacy();
    },
    onRefuse() {
      refusePrivacy();
    },
    onVisibleChange({ detail }: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!detail.visible && this.data.visible) refusePrivacy();
    },
    onReadTap() {
      quietly(() => wx.openPrivacyContract({}));
    },
  },
});
