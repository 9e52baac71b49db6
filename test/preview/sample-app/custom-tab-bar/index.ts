/// <reference types="miniprogram-api-typings" />
Component({
  data: { selected: '', tabs: [] as { path: string; text: string }[] },
  pageLifetimes: {
    show() {
      const [page] = getCurrentPages().slice(-1);
      this.setData({
        selected: page?.route ?? '',
        tabs: [
          { path: 'pages/home/home', text: '首页' },
          { path: 'pages/me/me', text: '我的' },
        ],
      });
    },
  },
  methods: {
    onTabTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      void wx.switchTab({ url: `/${currentTarget.dataset['path']}` });
    },
  },
});
