const timers = new WeakMap<object, number>();

/** Seconds until `ends-at-ms` on the phone's clock; a component of its own, so that each second redraws nothing else. */
export default Component({
  properties: {
    endsAtMs: { type: Number, value: 0 },
    suffix: { type: String, value: '秒' },
  },

  data: { seconds: 0 },

  observers: {
    endsAtMs() {
      this.tick();
    },
  },

  lifetimes: {
    attached() {
      this.run();
    },
    detached() {
      this.halt();
    },
  },

  pageLifetimes: {
    show() {
      this.run();
    },
    hide() {
      this.halt();
    },
  },

  methods: {
    run() {
      this.halt();
      this.tick();
      timers.set(
        this,
        setInterval(() => this.tick(), 1_000),
      );
    },
    halt() {
      const timer = timers.get(this);
      if (timer !== undefined) clearInterval(timer);
      timers.delete(this);
    },
    tick() {
      const seconds = Math.max(0, Math.ceil((this.data.endsAtMs - Date.now()) / 1_000));
      if (seconds !== this.data.seconds) this.setData({ seconds });
    },
  },
});
