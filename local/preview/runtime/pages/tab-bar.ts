import { CUSTOM_TAB_BAR, type AppDescription, type TabBarJson } from '../../shared/mini-program-json';
import { createNode } from '../../shared/dom';
import type { MiniProgram } from '../framework/mini-program';
import { attach, callPage, leave, type PageRecord } from './page-record';
import type { PageStack } from './page-stack';

/** Gives a tab page its own instance of the mini-program's tab bar. */
export function addCustomTabBar(page: PageRecord, miniProgram: MiniProgram): void {
  const { root, instance } = miniProgram.create(CUSTOM_TAB_BAR, 'wx-tab-bar');
  page.tabBar = instance;
  page.node.classList.add('with-custom-tab-bar');
  attach(root, page.node);
  const { release } = page;
  page.release = () => {
    leave(root);
    release();
  };
}

/** WeChat's own tab bar, for programs that do not bring one. */
export class NativeTabBar {
  readonly node = createNode('footer', { className: 'wx-tab-bar', attributes: { role: 'tablist' } });
  private readonly tabBar: TabBarJson | undefined;
  private isHiddenByApp = false;

  constructor(app: AppDescription, stack: () => PageStack) {
    this.tabBar = app.tabBar?.custom ? undefined : app.tabBar;
    this.node.append(
      ...(this.tabBar?.list ?? []).map(({ text, pagePath }, index) =>
        createNode(
          'a',
          {
            attributes: { role: 'tab', tabindex: '0' },
            onClick: () => {
              callPage(stack().top?.instance, 'onTabItemTap', { index, pagePath, text });
              stack().switchTab(`/${pagePath}`);
            },
          },
          createNode('img', { attributes: { alt: '' } }),
          createNode('span', { text }),
          createNode('i'),
        ),
      ),
    );
  }

  show({ id }: PageRecord): void {
    const { tabBar } = this;
    const isTab = tabBar?.list.some(({ pagePath }) => pagePath === id) ?? false;
    this.node.hidden = !isTab || this.isHiddenByApp;
    if (!tabBar) return;
    this.node.style.background = tabBar.backgroundColor ?? '#fff';
    tabBar.list.forEach(({ pagePath, iconPath, selectedIconPath }, index) => {
      const tab = this.node.children[index] as HTMLElement;
      const isSelected = pagePath === id;
      tab.setAttribute('aria-selected', String(isSelected));
      tab.style.color = (isSelected ? tabBar.selectedColor : tabBar.color) ?? '';
      const icon = (isSelected && selectedIconPath) || iconPath;
      const picture = tab.querySelector('img');
      if (picture && icon) picture.src = `mp/${icon}`;
      if (picture) picture.hidden = !icon;
    });
  }

  setHidden(isHidden: boolean): void {
    this.isHiddenByApp = isHidden;
  }

  setBadge(index: number, text: string): void {
    const badge = this.node.children[index]?.querySelector('i');
    if (badge) badge.textContent = text;
  }
}
