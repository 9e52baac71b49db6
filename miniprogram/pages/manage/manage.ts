import { loadWhenShown } from '../../page-behaviour/load-when-shown';
import { openPage } from '../../page-behaviour/navigate';
import { refusablePage, showFailure, type PageState } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, ownCity } from '../../session/session';
import type { Answer, Failure, FailureView } from '../../view/failure';
import {
  deskMenu,
  deskRoles,
  toWaitingRows,
  type DeskMenuRow,
  type DeskPages,
  type DeskRoles,
  type WaitingRow,
} from './desk';

const listBatches = caller('settlement.listBatches');
const listClasses = caller('training.listClasses');

/** The tasks of city staff, shown in the tab page `pages/desk`. */
export default Component({
  data: {
    state: 'loading' as PageState,
    failure: null as FailureView | null,
    refusal: null as FailureView | null,
    rows: [] as WaitingRow[],
    menu: [] as DeskMenuRow[],
    province: false,
  },

  lifetimes: {
    attached() {
      void loadWhenShown(this, () => this.refresh());
    },
  },

  // What was just handled no longer waits.
  pageLifetimes: {
    show() {
      void loadWhenShown(this, () => this.refresh());
    },
  },

  methods: {
    ...refusablePage,
    /** Called by the page when it is pulled down. */
    async refresh() {
      const roles = deskRoles(currentGrants());
      this.setData({ menu: deskMenu(roles), province: roles.province });
      const pages = await loadPages(roles);
      if (!pages.ok) return showFailure(this, pages.error);
      this.setData({ state: 'ready', refusal: null, rows: toWaitingRows(pages.data) });
    },

    onRetry() {
      void this.refresh();
    },
    onRowTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { url } = currentTarget.dataset as { url: string };
      void openPage(url);
    },
  },
});

type Loading = { [Name in keyof DeskPages]: Promise<Answer<NonNullable<DeskPages[Name]>>> };

/** One short list for each thing that may wait, all at once. */
async function loadPages(roles: DeskRoles): Promise<Answer<DeskPages>> {
  const city = ownCity();
  const loading: Loading = {
    ...(roles.clerk && {
      submittedClasses: listClasses({ ...city, status: 'submitted' }),
      approvedClasses: listClasses({ ...city, status: 'approved' }),
    }),
    ...(roles.reviewer && {
      submittedBatches: listBatches({ ...city, status: 'submitted' }),
      reviewedBatches: listBatches({ ...city, status: 'reviewed' }),
    }),
    ...(roles.payer && { approvedBatches: listBatches({ ...city, status: 'approved' }) }),
  };
  const named = Object.entries(loading) as [string, Promise<Answer<unknown>>][];
  const answers = await Promise.all(named.map(([, answer]) => answer));
  const failed = answers.find((answer): answer is { ok: false; error: Failure } => !answer.ok);
  if (failed) return failed;
  const pages = named.map(([name], index) => {
    const answer = answers[index];
    return [name, answer?.ok ? answer.data : undefined];
  });
  return { ok: true, data: Object.fromEntries(pages) as DeskPages };
}
