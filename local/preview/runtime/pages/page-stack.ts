import { EventChannel } from '../event-channel';
import { callPage, createPage, type PageMaker, type PageRecord } from './page-record';
import { parsePageUrl, type PageUrl } from './page-url';

/** WeChat's limit. */
export const PAGES_MAX = 10;

/** A navigation that WeChat refuses. */
export class NavigationError extends Error {}

export interface StackEvents {
  /** Another page is in front, or its bar has changed. */
  onTopChanged(page: PageRecord): void;
  /** A tab page has been made, which wants its tab bar. */
  onTabPageCreated(page: PageRecord): void;
}

/** The pages that are open, with WeChat's life cycle. */
export class PageStack {
  pages: PageRecord[] = [];
  private readonly tabPages = new Map<string, PageRecord>();

  constructor(
    private readonly maker: PageMaker,
    private readonly events: StackEvents,
  ) {}

  get top(): PageRecord | undefined {
    return this.pages.at(-1);
  }

  /** The page in front. @throws NavigationError when there is none yet */
  get current(): PageRecord {
    if (!this.top) throw new NavigationError('no page is open');
    return this.top;
  }

  isTab(id: string): boolean {
    return this.maker.app.tabBar?.list.some(({ pagePath }) => pagePath === id) ?? false;
  }

  parse(url: string): PageUrl {
    const parsed = parsePageUrl(url, this.top?.id);
    if (!this.maker.app.pages.includes(parsed.id)) {
      throw new NavigationError(`page "${parsed.id}" is not found`);
    }
    return parsed;
  }

  navigateTo(url: string, listeners: Record<string, (...args: unknown[]) => void> = {}): EventChannel {
    const target = this.parse(url);
    if (this.isTab(target.id)) throw new NavigationError('can not navigateTo a tabbar page');
    if (this.pages.length >= PAGES_MAX) throw new NavigationError(`webview count limit exceed ${PAGES_MAX}`);
    const channel = new EventChannel();
    for (const [name, listener] of Object.entries(listeners)) channel.on(name, listener);
    const page = createPage(this.maker, target, channel);
    this.hide(this.top);
    this.open(page);
    return channel;
  }

  redirectTo(url: string): void {
    const target = this.parse(url);
    if (this.isTab(target.id)) throw new NavigationError('can not redirectTo a tabbar page');
    const page = createPage(this.maker, target, new EventChannel());
    const replaced = this.pages.pop();
    if (replaced) this.unload(replaced);
    this.open(page);
  }

  reLaunch(url: string): void {
    const page = createPage(this.maker, this.parse(url), new EventChannel());
    const closed = new Set([...this.pages.splice(0).reverse(), ...this.tabPages.values()]);
    for (const open of closed) this.unload(open);
    if (this.isTab(page.id)) this.tabPages.set(page.id, page);
    this.open(page);
  }

  switchTab(url: string): void {
    const { id } = this.parse(url);
    if (!this.isTab(id)) throw new NavigationError('can not switch to no-tabBar page');
    if (this.top?.id === id) return;
    // Parameters are not for tab pages: WeChat drops them.
    const page = this.tabPages.get(id) ?? createPage(this.maker, parsePageUrl(`/${id}`), new EventChannel());
    this.tabPages.set(id, page);
    if (this.top && this.isTab(this.top.id)) this.hide(this.top);
    for (const open of this.pages.splice(0).reverse()) {
      if (!this.isTab(open.id)) this.unload(open);
    }
    this.open(page);
  }

  navigateBack(delta: number): void {
    const closing = Math.min(Math.max(1, delta), this.pages.length - 1);
    if (closing < 1) throw new NavigationError('cannot navigate back at first page');
    for (const page of this.pages.splice(-closing).reverse()) this.unload(page);
    this.show(this.current);
  }

  /** The app goes to the background: the page in front is hidden with it. */
  hideTop(): void {
    this.hide(this.top);
  }

  showTop(): void {
    if (this.top?.visibility === 'hidden') this.show(this.top);
  }

  refreshTop(): void {
    if (this.top) this.events.onTopChanged(this.top);
  }

  private open(page: PageRecord): void {
    this.pages.push(page);
    if (page.visibility === 'new') {
      if (this.isTab(page.id)) this.events.onTabPageCreated(page);
      page.load();
    }
    this.show(page);
  }

  private show(page: PageRecord): void {
    for (const open of [...this.pages, ...this.tabPages.values()]) open.node.hidden = open !== page;
    this.maker.miniProgram?.backend.showStylesOf(page.id, id => this.maker.app.pages.includes(id));
    const isNew = page.visibility === 'new';
    page.visibility = 'shown';
    this.events.onTopChanged(page);
    callPage(page.instance, 'onShow');
    page.component.triggerPageLifetime('show', []);
    page.tabBar?._$.triggerPageLifetime('show', []);
    if (isNew) setTimeout(() => callPage(page.instance, 'onReady'), 1);
  }

  private hide(page: PageRecord | undefined): void {
    if (page?.visibility !== 'shown') return;
    page.visibility = 'hidden';
    callPage(page.instance, 'onHide');
    page.component.triggerPageLifetime('hide', []);
    page.tabBar?._$.triggerPageLifetime('hide', []);
  }

  private unload(page: PageRecord): void {
    callPage(page.instance, 'onUnload');
    page.release();
    if (this.tabPages.get(page.id) === page) this.tabPages.delete(page.id);
  }
}
