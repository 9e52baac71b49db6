/// <reference types="miniprogram-api-typings" />
Component({
  options: { multipleSlots: true },
  properties: { name: String },
  data: { shown: 0, isReady: false },
  lifetimes: {
    ready() {
      this.setData({ isReady: true });
    },
  },
  pageLifetimes: {
    show() {
      this.setData({ shown: this.data.shown + 1 });
    },
  },
  methods: {
    onNameTap() {
      this.triggerEvent('greet', { name: this.properties.name });
    },
  },
});
