import { orElse, quietly } from './guarded';
import { config } from './config';
import { readDisplay } from './phone/display';
import { keepLaunchChannel } from './phone/launch';
import { watchPrivacy } from './phone/privacy';
import { readSession } from './session/session';
import { receiveReturn } from './session/sign-in';

App({
  onLaunch() {
    quietly(() => wx.cloud.init({ env: config.cloudEnvironmentId, traceUser: false }));
    readDisplay();
    readSession();
    watchPrivacy();
    offerUpdate();
  },

  onShow(options) {
    keepLaunchChannel(options.query);
    // WeChat's font setting may have been changed meanwhile.
    readDisplay();
    void receiveReturn(options);
  },
});

/** A new version is taken at the next start anyway; whoever is in the middle of something is asked. */
function offerUpdate(): void {
  const manager = orElse(() => wx.getUpdateManager(), undefined);
  manager?.onUpdateReady(() =>
    quietly(async () => {
      const { confirm } = await wx.showModal({
        title: '有新版本',
        content: '重新打开后即可使用新版本。',
        confirmText: '重新打开',
        cancelText: '稍后',
      });
      if (confirm) manager.applyUpdate();
    }),
  );
}
