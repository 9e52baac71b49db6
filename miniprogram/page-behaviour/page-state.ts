import { asOfText } from '../view/as-of';
import { toFailureView, type Failure, type FailureView } from '../view/failure';

/** loading: first load. failed: nothing to show. A page that has been ready stays ready; failures then appear beside its content. */
export type PageState = 'loading' | 'ready' | 'empty' | 'failed';

/** Data that every page spreads into its own. */
export interface PageData {
  state: PageState;
  /** Why the page could not be loaded. */
  failure: FailureView | null;
  /** Why the last action was not done, or a refresh failed. */
  refusal: FailureView | null;
  /** An action is running. */
  busy: boolean;
  /** '截至 10:05': others may have changed since what the page shows. */
  asOf: string;
}

export const pageData = (): PageData => ({
  state: 'loading',
  failure: null,
  refusal: null,
  busy: false,
  asOf: '',
});

interface FailingPage {
  data: { state: PageState };
  setData(data: Partial<PageData>): void;
}

/** The one way in which a page shows a failure. */
export function showFailure(page: FailingPage, failure: Failure): void {
  const view = toFailureView(failure);
  const hasContent = page.data.state === 'ready' || page.data.state === 'empty';
  page.setData(hasContent ? { refusal: view } : { state: 'failed', failure: view });
}

export const hasLoaded = ({ state, refusal }: Pick<PageData, 'state' | 'refusal'>): boolean =>
  refusal === null && (state === 'ready' || state === 'empty');

interface LoadedPage {
  data: { state: PageState; refusal: FailureView | null };
  setData(data: Pick<PageData, 'asOf'>): void;
}

/** Says as of when a page shows what it shows, if it has just been loaded. */
export function showAsOf(page: LoadedPage): void {
  if (hasLoaded(page.data)) page.setData({ asOf: asOfText(Date.now()) });
}

interface FailingPart extends FailingPage {
  data: { state: PageState; failure: FailureView | null; refusal: FailureView | null };
}

/** A part of a page leaves it to the page's frame to say that the sign-in has ended, and shows what it has. */
export function leaveSignInToFrame(part: FailingPart): void {
  const { failure, refusal } = part.data;
  if (failure?.action === 'sign_in' || refusal?.action === 'sign_in')
    part.setData({ state: 'ready', failure: null, refusal: null });
}

/** The options of whatever shows a refusal: it can be put away. */
export const refusablePage = {
  onDismiss(this: FailingPage) {
    this.setData({ refusal: null });
  },
};

/** The options of a page that loads nothing: whoever signs in on it goes on where they were. */
export const signInPage = {
  onSignedIn() {},
};
