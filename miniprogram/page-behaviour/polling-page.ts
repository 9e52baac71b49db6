import { loadingPage } from './loading-page';
import type { PageState } from './page-state';
import { Polling } from './polling';

interface Self {
  data: { state: PageState };
  setData(data: { refusal: null }): void;
  polling: Polling | undefined;
  load(): Promise<unknown>;
  query(): Promise<boolean>;
}

/** The options of a page in front of which something goes on: while its `query` says so, it asks again. */
export const pollingPage = (everyMs: number) => ({
  ...loadingPage(),
  polling: undefined as Polling | undefined,

  onHide(this: Self) {
    this.polling?.stop();
  },
  onUnload(this: Self) {
    this.polling?.stop();
  },

  async load(this: Self): Promise<void> {
    this.polling ??= new Polling(everyMs, async () => ((await this.query()) ? 'again' : 'stop'));
    this.polling.stop();
    if (await this.query()) this.polling.start();
  },
});
