/// <reference types="miniprogram-api-typings" />
import { listClasses, type TrainingClass } from '../../classes';

Page({
  data: {
    tab: 'open',
    keyword: '',
    classes: [] as TrainingClass[],
    answer: '',
    scanned: '',
    refreshed: 0,
    reachedBottom: 0,
    network: '',
    captures: 0,
    rootFontSize: '16px',
  },
  onLoad() {
    const { fontSizeScaleFactor = 1 } = wx.getAppBaseInfo();
    this.setData({ classes: listClasses(), rootFontSize: `${16 * fontSizeScaleFactor}px` });
    wx.onNetworkStatusChange(({ networkType }) => this.setData({ network: networkType }));
    wx.onUserCaptureScreen(() => this.setData({ captures: this.data.captures + 1 }));
  },
  onPullDownRefresh() {
    this.setData({ refreshed: this.data.refreshed + 1 });
    setTimeout(() => void wx.stopPullDownRefresh(), 100);
  },
  onReachBottom() {
    this.setData({ reachedBottom: this.data.reachedBottom + 1 });
  },
  onTabChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ tab: detail.value });
  },
  onSearch({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ keyword: detail.value });
  },
  onGreet({ detail }: WechatMiniprogram.CustomEvent<{ name: string }>) {
    void wx.showToast({ title: `谢谢${detail.name}`, icon: 'none' });
  },
  onClassTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    void wx.navigateTo({
      url: `/more/pages/form/form?class=${currentTarget.dataset['id']}`,
      events: { signed: ({ name }: { name: string }) => this.setData({ answer: `已报名 ${name}` }) },
    });
  },
  async onAskTap() {
    try {
      const { result } = await wx.cloud.callFunction({ name: 'echo', data: { text: '在吗' } });
      this.setData({ answer: JSON.stringify(result) });
    } catch (error) {
      this.setData({ answer: JSON.stringify(error) });
    }
  },
  async onScanTap() {
    try {
      const { result } = await wx.scanCode({ onlyFromCamera: true });
      this.setData({ scanned: result });
    } catch {
      this.setData({ scanned: '没有扫码' });
    }
  },
  onMissingTap() {
    (wx as unknown as { startBluetooth(): void }).startBluetooth();
  },
});
