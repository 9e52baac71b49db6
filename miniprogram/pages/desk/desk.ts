import { quietly } from '../../guarded';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, refusablePage, showAsOf } from '../../page-behaviour/page-state';
import { currentRoles, session, type Session } from '../../session/session';
import { isAdministrator, isStaff, suspensionsOf, type SuspensionView } from '../../view/account';
import { toFailureView } from '../../view/failure';

/** What both desks offer to this page. */
interface Desk {
  /** From the beginning. */
  refresh(): Promise<void>;
  /** Where somebody was. */
  reload(): Promise<void>;
}

/**
 * The one tab page of everybody who works with vouchers: institutions see their classes, city staff their tasks.
 * WeChat allows five tab pages in all, so the two share one.
 */
export default Page({
  ...refusablePage,
  data: { ...pageData(), administrator: false, staff: false, suspended: [] as SuspensionView[] },

  stopObserving: () => {},

  onLoad() {
    this.stopObserving = session.observe(value => this.show(value));
    void this.load();
  },

  // Titles set while a page loads are lost.
  onShow() {
    const { administrator, staff, suspended } = this.data;
    const title = (administrator || suspended.length > 0) && !staff ? '班期' : '管理';
    quietly(() => wx.setNavigationBarTitle({ title }));
  },

  onUnload() {
    this.stopObserving();
  },

  /** Whose desk it is; the desks load themselves. */
  async load() {
    if (!session.value.account) await needSession(this);
  },

  async onPullDownRefresh() {
    await Promise.all(this.desks().map(desk => desk.refresh()));
    quietly(() => wx.stopPullDownRefresh());
  },
  onRetry() {
    void this.load();
  },
  /** A desk shows what it has just read. */
  onLoaded() {
    showAsOf(this);
  },
  onSignedIn() {
    for (const desk of this.desks()) void desk.reload();
  },

  desks(): Desk[] {
    const found = ['#classes', '#manage'].map(id => this.selectComponent(id) as unknown as Desk | null);
    return found.filter(desk => desk !== null);
  },

  /** A sign-in that has ended leaves the desks as they are: they go on after another. */
  show({ state }: Session) {
    const roles = currentRoles();
    const [administrator, staff] = [isAdministrator(roles), isStaff(roles)];
    const suspended = suspensionsOf(session.value.account);
    this.setData({ administrator, staff, suspended });
    if (administrator || staff || suspended.length > 0)
      return this.setData({ state: 'ready', refusal: null });
    if (state === 'signed_in') return this.setData({ state: 'empty', refusal: null });
    if (state === 'unknown') return;
    const failure = toFailureView({ code: state === 'ended' ? 'sign_in_ended' : 'sign_in_required' });
    this.setData({ state: 'failed', failure });
  },
});
