import { quietly } from '../guarded';
import { refusablePage, showAsOf, type PageData } from './page-state';

interface Loading {
  /** Only until it has succeeded: what is typed into the page must not be swept away when it is shown again. */
  once?: boolean;
}

interface Self {
  data: Pick<PageData, 'state' | 'refusal'>;
  setData(data: Partial<PageData>): void;
  load(): Promise<unknown>;
}

/** Loads a page, which then says as of when. */
export async function loadNow(page: Self): Promise<void> {
  await page.load();
  showAsOf(page);
}

/** The options of a page that loads itself: when it is shown, pulled down, told to try again, and after a sign-in. */
export const loadingPage = ({ once = false }: Loading = {}) => ({
  ...refusablePage,

  // Coming back from another page, something may have changed.
  onShow(this: Self) {
    if (!once || this.data.state === 'loading' || this.data.state === 'failed') void loadNow(this);
  },
  async onPullDownRefresh(this: Self) {
    await loadNow(this);
    quietly(() => wx.stopPullDownRefresh());
  },
  onRetry(this: Self) {
    void loadNow(this);
  },
  /** Somebody has signed in on this page: what it could not load it loads now. */
  onSignedIn(this: Self) {
    if (!once || this.data.state !== 'ready') void loadNow(this);
  },
});
