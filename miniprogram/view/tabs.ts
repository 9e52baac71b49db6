import type { Role } from '../contract/roles';
import { isAdministrator, isStaff } from './account';

export interface TabView {
  path: string;
  text: string;
  icon: string;
  activeIcon: string;
}

const tab = (page: string, icon: string, text: string): TabView => ({
  path: `pages/${page}/${page}`,
  text,
  icon: `/assets/icons/tab-${icon}.svg`,
  activeIcon: `/assets/icons/tab-${icon}-on.svg`,
});

/** WeChat allows five tab pages, so 班期 and 管理 share one: nobody runs classes and approves them as well. */
function deskText(roles: readonly Role[], isSuspended: boolean): string {
  if (isAdministrator(roles) || isSuspended) return isStaff(roles) ? '工作' : '班期';
  return '管理';
}

/**
 * Tabs follow the role: a worker has three, an institution's administrator five, city staff four. Who administers a
 * suspended institution reads on the desk that it is.
 */
export function tabsFor(roles: readonly Role[], isSuspended = false): TabView[] {
  const scan = isAdministrator(roles) ? [tab('scan', 'scan', '扫码')] : [];
  const desk =
    isAdministrator(roles) || isStaff(roles) || isSuspended
      ? [tab('desk', 'desk', deskText(roles, isSuspended))]
      : [];
  return [
    tab('home', 'home', '首页'),
    tab('vouchers', 'voucher', '我的券'),
    ...scan,
    ...desk,
    tab('me', 'me', '我的'),
  ];
}
