import { quietly } from '../guarded';
import { display } from '../phone/display';
import { session } from '../session/session';
import { isSuspended, rolesOf } from '../view/account';
import { tabsFor, type TabView } from '../view/tabs';

const stops = new WeakMap<object, (() => void)[]>();

const currentPath = (): string => getCurrentPages().slice(-1)[0]?.route ?? '';

/** The tab bar: its tabs follow the role, its size elder mode. One instance belongs to each tab page. */
export default Component({
  data: { tabs: tabsFor([]) as TabView[], path: '', elder: false },

  lifetimes: {
    attached() {
      stops.set(this, [
        session.observe(({ account }) =>
          this.setData({ tabs: tabsFor(rolesOf(account), isSuspended(account)) }),
        ),
        display.observe(({ elder }) => this.setData({ elder })),
      ]);
      this.setData({ path: currentPath() });
    },
    detached() {
      for (const stop of stops.get(this) ?? []) stop();
      stops.delete(this);
    },
  },

  pageLifetimes: {
    show() {
      this.setData({ path: currentPath() });
    },
  },

  methods: {
    onTabTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { path } = currentTarget.dataset as { path: string };
      if (path !== this.data.path) quietly(() => wx.switchTab({ url: `/${path}` }));
    },
  },
});
