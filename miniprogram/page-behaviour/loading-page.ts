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

/** The options of a page that loads itself: when it is shown, pulled down, told to try again, and after a sign-in. */
export const loadingPage = ({ once = false }: Loading = {}) => ({
  ...refusablePage,

  // Coming back from another page, something may have changed.
  onShow(this: Self) {
    if (!once || this.data.state === 'loading' || this.data.state === 'failed') void this.load();
  },
  async onPullDownRefresh(this: Self) {
    await this.load();
    void wx.stopPullDownRefresh();
  },
  onRetry(this: Self) {
    void this.load();
  },
  /** Somebody has signed in on this page: what it could not load it loads now. */
  onSignedIn(this: Self) {
    if (!once || this.data.state !== 'ready') void this.load();
  },
});
