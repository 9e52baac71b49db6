import { Polling } from './polling';

interface Self {
  polling: Polling | undefined;
  refresh(): Promise<void>;
  load(): Promise<boolean>;
}

/** The options of a page in front of which something goes on: while its `load` says so, it is asked again. */
export const pollingPage = (everyMs: number) => ({
  polling: undefined as Polling | undefined,

  onShow(this: Self) {
    void this.refresh();
  },
  onHide(this: Self) {
    this.polling?.stop();
  },
  onUnload(this: Self) {
    this.polling?.stop();
  },
  async onPullDownRefresh(this: Self) {
    await this.refresh();
    void wx.stopPullDownRefresh();
  },

  async refresh(this: Self): Promise<void> {
    this.polling ??= new Polling(everyMs, async () => ((await this.load()) ? 'again' : 'stop'));
    this.polling.stop();
    if (await this.load()) this.polling.start();
  },
  onRetry(this: Self) {
    void this.refresh();
  },
});
