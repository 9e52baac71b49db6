import { quietly } from '../../guarded';
import { pageData } from '../../page-behaviour/page-state';
import { currentRoles, knowSession, session } from '../../session/session';
import { isAdministrator, isStaff } from '../../view/account';

/** What both desks offer to this page. */
interface Desk {
  refresh(): Promise<void>;
}

/**
 * The one tab page of everybody who works with vouchers: institutions see their classes, city staff their tasks.
 * WeChat allows five tab pages in all, so the two share one.
 */
export default Page({
  data: { ...pageData(), administrator: false, staff: false },

  stopObserving: () => {},

  onLoad() {
    this.stopObserving = session.observe(() => this.show());
    void knowSession();
  },

  // Titles set while a page loads are lost.
  onShow() {
    const title = this.data.administrator && !this.data.staff ? '班期' : '管理';
    quietly(() => wx.setNavigationBarTitle({ title }));
  },

  onUnload() {
    this.stopObserving();
  },

  async onPullDownRefresh() {
    await this.refreshDesks();
    quietly(() => wx.stopPullDownRefresh());
  },

  async refreshDesks() {
    const found: (Desk | null)[] = ['#classes', '#manage'].map(
      id => this.selectComponent(id) as unknown as Desk | null,
    );
    await Promise.all(found.map(desk => desk?.refresh()));
  },

  show() {
    const roles = currentRoles();
    const [administrator, staff] = [isAdministrator(roles), isStaff(roles)];
    this.setData({ state: administrator || staff ? 'ready' : 'empty', administrator, staff });
  },
});
