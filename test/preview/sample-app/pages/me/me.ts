/// <reference types="miniprogram-api-typings" />
Page({
  data: { seen: '', note: '' },
  onShow() {
    const { seen } = getApp<{ seen: string[] }>();
    this.setData({ seen: seen.join('; '), note: String(wx.getStorageSync('note')) });
  },
  onSignInTap() {
    void wx.navigateToMiniProgram({ appId: 'wx-essc', path: 'pages/auth', extraData: { ticket: 't' } });
  },
  onNoteTap() {
    wx.setStorageSync('note', `${wx.getStorageSync('note') || ''}记`);
    this.setData({ note: String(wx.getStorageSync('note')) });
  },
  onPassTap() {
    void wx.navigateTo({ url: '/more/pages/pass/pass' });
  },
});
