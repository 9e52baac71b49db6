import { quietly } from '../guarded';
import { refusablePage, type PageState } from './page-state';

interface Loading {
  /** Only until it has succeeded: what is typed into the page must not be swept away when it is shown again. */
  once?: boolean;
}

interface Self {
  data: { state: PageState };
  setData(data: { refusal: null }): void;
  load(): Promise<unknown>;
}

/** The options of a page that loads itself: when it is shown, pulled down and told to try again. */
export const loadingPage = ({ once = false }: Loading = {}) => ({
  ...refusablePage,

  // Coming back from another page, something may have changed.
  onShow(this: Self) {
    if (!once || this.data.state === 'loading') void this.load();
  },
  async onPullDownRefresh(this: Self) {
    await this.load();
    quietly(() => wx.stopPullDownRefresh());
  },
  onRetry(this: Self) {
    void this.load();
  },
});
