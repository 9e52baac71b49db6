import { loadingPage } from './loading-page';
import { showAsOf, type PageData } from './page-state';
import { Polling } from './polling';

interface Self {
  data: Pick<PageData, 'state' | 'refusal'>;
  setData(data: Partial<PageData>): void;
  polling: Polling | undefined;
  load(): Promise<unknown>;
  query(): Promise<boolean>;
}

/** The options of a page in front of which something goes on: while its `query` says so, it asks again, at most so often. */
export const pollingPage = (everyMs: number, timesMax = Infinity) => ({
  ...loadingPage(),
  polling: undefined as Polling | undefined,

  onHide(this: Self) {
    this.polling?.stop();
  },
  onUnload(this: Self) {
    this.polling?.stop();
  },

  async load(this: Self): Promise<void> {
    const ask = async () => {
      const goesOn = await this.query();
      showAsOf(this);
      return goesOn ? 'again' : 'stop';
    };
    this.polling ??= new Polling(everyMs, ask, timesMax);
    this.polling.stop();
    if (await this.query()) this.polling.start();
  },
});
