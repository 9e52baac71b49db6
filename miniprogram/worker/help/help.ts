import { config } from '../../config';
import { HELP } from './help-texts';

export default Page({
  data: { questions: HELP, hotline: config.hotline },

  onCallTap() {
    void wx.makePhoneCall({ phoneNumber: config.hotline, fail: () => undefined });
  },
});
