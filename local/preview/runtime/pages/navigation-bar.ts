import { createNode } from '../../shared/dom';
import type { PageRecord } from './page-record';

export interface BarActions {
  onBack(): void;
  onHome(): void;
  /** The capsule's circle: leaves the app. */
  onClose(): void;
  onMenu(): void;
}

/** Height of the bar itself; the clock and the battery lie above it. */
export const NAVIGATION_BAR_PX = 44;
export const STATUS_BAR_PX = 44;

/** Where the capsule lies, from the right and top edges of the screen, and how large it is. */
export const CAPSULE = { width: 87, height: 32, right: 7, top: STATUS_BAR_PX + 6 } as const;

/** The bar at the top: title, back or home, and the capsule, which stays on pages that draw their own bar. */
export class NavigationBar {
  readonly node = createNode('header', { className: 'wx-navigation' });
  private readonly title = createNode('h1');
  private readonly leading: HTMLElement;
  private readonly back: HTMLElement;
  private readonly home: HTMLElement;
  private readonly capsule: HTMLElement;

  constructor(actions: BarActions) {
    const button = (className: string, label: string, onClick: () => void): HTMLElement =>
      createNode('button', { className, attributes: { 'aria-label': label }, onClick });
    this.back = button('wx-back', '返回', actions.onBack);
    this.home = button('wx-home', '返回首页', actions.onHome);
    this.leading = createNode('div', { className: 'wx-leading' }, this.back, this.home);
    this.capsule = createNode(
      'div',
      { className: 'wx-capsule' },
      button('wx-menu', '更多', actions.onMenu),
      button('wx-close', '关闭', actions.onClose),
    );
    this.node.append(this.leading, this.title, this.capsule);
  }

  /** @param depth how many pages are open @param isFirstPage whether it is where the app starts */
  show(page: PageRecord, { depth, isHome }: { depth: number; isHome: boolean }): void {
    const { window } = page;
    const isCustom = window.navigationStyle === 'custom';
    const isDark = (window.navigationBarTextStyle ?? 'white') === 'black';
    this.node.classList.toggle('custom', isCustom);
    this.node.classList.toggle('dark-text', isDark);
    this.node.classList.toggle('loading', page.showsBarLoading);
    this.node.style.background = isCustom ? '' : (window.navigationBarBackgroundColor ?? '#000');
    this.title.textContent = isCustom ? '' : (window.navigationBarTitleText ?? '');
    this.back.hidden = isCustom || depth < 2;
    this.home.hidden = isCustom || depth > 1 || isHome || page.hidesHomeButton;
    document.body.classList.toggle('wx-dark-status', isDark);
    document.title = window.navigationBarTitleText ?? '小程序';
  }
}
