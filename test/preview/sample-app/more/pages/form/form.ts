/// <reference types="miniprogram-api-typings" />
Page({
  data: {
    classId: '',
    name: '',
    note: '',
    city: '济南',
    cities: [
      { label: '济南', value: '济南' },
      { label: '青岛', value: '青岛' },
      { label: '烟台', value: '烟台' },
    ],
    day: '2026-03-01',
    picksCity: false,
    asks: false,
    file: '',
    sent: '',
  },
  onLoad({ class: classId }: { class?: string }) {
    this.setData({ classId: classId ?? '' });
    void wx.setNavigationBarTitle({ title: `报名 ${classId}` });
  },
  onNameChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ name: detail.value });
  },
  onCityTap() {
    this.setData({ picksCity: true });
  },
  onCityChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string[] }>) {
    this.setData({ city: detail.value[0] ?? '', picksCity: false });
  },
  onDayChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ day: detail.value });
  },
  async onFileTap() {
    const { tempFiles } = await wx.chooseMessageFile({ count: 1, extension: ['csv'] });
    const [file] = tempFiles;
    if (file) this.setData({ file: `${file.name} ${file.size}` });
  },
  onSubmit({ detail }: WechatMiniprogram.CustomEvent<{ value: object }>) {
    this.setData({ sent: JSON.stringify(detail.value), asks: true });
  },
  onConfirm() {
    this.setData({ asks: false });
    this.getOpenerEventChannel?.().emit?.('signed', { name: this.data.name });
    void wx.navigateBack();
  },
  onCancel() {
    this.setData({ asks: false });
  },
});
