import { HOTLINE } from '../../text/hotline';
import { HELP } from './help-texts';

export default Page({
  data: { questions: HELP, hotline: HOTLINE },

  onCallTap() {
    void wx.makePhoneCall({ phoneNumber: HOTLINE, fail: () => undefined });
  },
});
