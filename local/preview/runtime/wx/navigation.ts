import type { EventChannel } from '../event-channel';
import type { NativeTabBar } from '../pages/tab-bar';
import type { PageStack } from '../pages/page-stack';
import type { PullDown } from '../pages/pull-down';
import { wxFunction, type WxMembers } from './call';

export interface NavigationParts {
  stack: PageStack;
  tabBar: NativeTabBar;
  pullDown: PullDown;
}

interface UrlOptions {
  url: string;
  events?: Parameters<PageStack['navigateTo']>[1];
}

interface ScrollOptions {
  scrollTop?: number;
  selector?: string;
  offsetTop?: number;
  duration?: number;
}

export const createNavigationApi = (parts: NavigationParts): WxMembers => ({
  ...createRouteApi(parts),
  ...createBarApi(parts),
  pageScrollTo: wxFunction<ScrollOptions>('pageScrollTo', options => scrollPage(parts.stack, options)),
  startPullDownRefresh: wxFunction('startPullDownRefresh', () => parts.pullDown.start()),
  stopPullDownRefresh: wxFunction('stopPullDownRefresh', () => parts.pullDown.stop()),
});

const createRouteApi = ({ stack }: NavigationParts): WxMembers => ({
  navigateTo: wxFunction<UrlOptions>('navigateTo', ({ url, events }): { eventChannel: EventChannel } => ({
    eventChannel: stack.navigateTo(url, events),
  })),
  redirectTo: wxFunction<UrlOptions>('redirectTo', ({ url }) => stack.redirectTo(url)),
  reLaunch: wxFunction<UrlOptions>('reLaunch', ({ url }) => stack.reLaunch(url)),
  switchTab: wxFunction<UrlOptions>('switchTab', ({ url }) => stack.switchTab(url)),
  navigateBack: wxFunction<{ delta?: number }>('navigateBack', ({ delta = 1 }) => stack.navigateBack(delta)),
});

interface BarColors {
  frontColor: string;
  backgroundColor: string;
}

function createBarApi({ stack, tabBar }: NavigationParts): WxMembers {
  const changeWindow = (changes: object): void => {
    Object.assign(stack.current.window, changes);
    stack.refreshTop();
  };
  const setLoading = (isLoading: boolean): void => {
    stack.current.showsBarLoading = isLoading;
    stack.refreshTop();
  };
  const setTabBarHidden = (isHidden: boolean): void => {
    tabBar.setHidden(isHidden);
    stack.refreshTop();
  };
  const setBadge = (name: string, textOf: (options: { text?: string }) => string): unknown =>
    wxFunction<{ index: number; text?: string }>(name, options =>
      tabBar.setBadge(options.index, textOf(options)),
    );
  return {
    setNavigationBarTitle: wxFunction<{ title: string }>('setNavigationBarTitle', ({ title }) =>
      changeWindow({ navigationBarTitleText: title }),
    ),
    setNavigationBarColor: wxFunction<BarColors>('setNavigationBarColor', ({ frontColor, backgroundColor }) =>
      changeWindow({
        navigationBarBackgroundColor: backgroundColor,
        navigationBarTextStyle: frontColor === '#000000' ? 'black' : 'white',
      }),
    ),
    setBackgroundColor: wxFunction<{ backgroundColor?: string }>('setBackgroundColor', changeWindow),
    showNavigationBarLoading: wxFunction('showNavigationBarLoading', () => setLoading(true)),
    hideNavigationBarLoading: wxFunction('hideNavigationBarLoading', () => setLoading(false)),
    hideHomeButton: wxFunction('hideHomeButton', () => {
      stack.current.hidesHomeButton = true;
      stack.refreshTop();
    }),
    showTabBar: wxFunction('showTabBar', () => setTabBarHidden(false)),
    hideTabBar: wxFunction('hideTabBar', () => setTabBarHidden(true)),
    setTabBarBadge: setBadge('setTabBarBadge', ({ text = '' }) => text),
    removeTabBarBadge: setBadge('removeTabBarBadge', () => ''),
    showTabBarRedDot: setBadge('showTabBarRedDot', () => '•'),
    hideTabBarRedDot: setBadge('hideTabBarRedDot', () => ''),
  };
}

function scrollPage(stack: PageStack, { scrollTop, selector, offsetTop = 0, duration }: ScrollOptions): void {
  const { scroller, component } = stack.current;
  const target = selector ? component.getShadowRoot?.()?.querySelector(selector)?.$$ : undefined;
  const top = target
    ? target.getBoundingClientRect().top -
      scroller.getBoundingClientRect().top +
      scroller.scrollTop +
      offsetTop
    : (scrollTop ?? 0);
  scroller.scrollTo({ top, behavior: duration === 0 ? 'auto' : 'smooth' });
}
