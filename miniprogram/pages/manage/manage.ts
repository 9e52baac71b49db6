import type { Grant } from '../../contract/roles';
import { loadWhenShown } from '../../page-behaviour/load-when-shown';
import { openPage } from '../../page-behaviour/navigate';
import {
  leaveSignInToFrame,
  refusablePage,
  showFailure,
  type PageState,
} from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import type { Answer, FailureView } from '../../view/failure';
import { citiesWith } from '../../view/grants';
import {
  deskMenu,
  deskRoles,
  toWaitingRows,
  type DeskCounts,
  type DeskMenuRow,
  type WaitingRow,
} from './desk';

const countBatches = caller('settlement.countWaiting');
const countClasses = caller('training.countWaiting');

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
      const grants = currentGrants();
      const roles = deskRoles(grants);
      this.setData({ menu: deskMenu(roles), province: roles.province });
      const counts = await countWaiting(grants);
      if (!counts.ok) {
        showFailure(this, counts.error);
        return leaveSignInToFrame(this);
      }
      this.setData({ state: 'ready', refusal: null, rows: toWaitingRows(roles, counts.data) });
      this.triggerEvent('loaded');
    },

    /** Called by the page after a sign-in. */
    async reload() {
      await this.refresh();
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

/** In one call for the classes and one for the batches, whatever roles somebody has. */
async function countWaiting(grants: readonly Grant[]): Promise<Answer<DeskCounts>> {
  const clerkOf = citiesWith(grants, 'clerk');
  const batchesOf = [...new Set([...citiesWith(grants, 'reviewer'), ...citiesWith(grants, 'payer')])];
  const [classes, batches] = await Promise.all([
    clerkOf.length > 0 ? countClasses({ cityCodes: clerkOf }) : NONE,
    batchesOf.length > 0 ? countBatches({ cityCodes: batchesOf }) : NONE,
  ]);
  if (!classes.ok) return classes;
  if (!batches.ok) return batches;
  return { ok: true, data: { classes: classes.data.items, batches: batches.data.items } };
}

const NONE = { ok: true as const, data: { items: [] } };
