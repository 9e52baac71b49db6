import { quietly } from '../../guarded';
import { config } from '../../config';
import { CONSENT_VERSION } from '../../contract/accounts';
import { PRIVACY } from './privacy-texts';

export default Page({
  data: { sections: PRIVACY, version: CONSENT_VERSION, serviceName: config.serviceName },

  onContractPress() {
    // The text kept by WeChat; where it cannot be opened, this page has said the same.
    quietly(() => wx.openPrivacyContract({}));
  },
});
