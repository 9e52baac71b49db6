/// <reference types="miniprogram-api-typings" />
App({
  seen: [] as string[],
  onLaunch({ query }) {
    this.seen.push(`launch ${query['channel'] ?? ''}`);
    wx.cloud.init({ env: 'sample' });
  },
  onShow({ scene, referrerInfo }: WechatMiniprogram.App.LaunchShowOption) {
    this.seen.push(`show ${scene} ${JSON.stringify(referrerInfo?.extraData ?? {})}`);
  },
  onHide() {
    this.seen.push('hide');
  },
});
