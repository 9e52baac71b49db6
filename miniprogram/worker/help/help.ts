import { quietly } from '../../guarded';
import { HOTLINE } from '../../text/hotline';
import { HELP } from './help-texts';

export default Page({
  data: { questions: HELP, hotline: HOTLINE },

  onCallTap() {
    quietly(() => wx.makePhoneCall({ phoneNumber: HOTLINE }));
  },
});
