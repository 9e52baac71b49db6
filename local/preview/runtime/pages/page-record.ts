import type { AppDescription, WindowJson } from '../../shared/mini-program-json';
import { createNode } from '../../shared/dom';
import type { EventChannel } from '../event-channel';
import { glassEasel, type FrameworkElement, type PageInstance, type Root } from '../framework/glass-easel';
import type { MiniProgram } from '../framework/mini-program';
import type { PageUrl } from './page-url';

/** A page that is open, visible or below others. */
export interface PageRecord {
  readonly id: string;
  readonly url: string;
  readonly instance: PageInstance;
  readonly component: FrameworkElement;
  /** The whole page, with its tab bar. */
  readonly node: HTMLElement;
  readonly scroller: HTMLElement;
  /** What app.json, its own JSON and later calls say about bar and gestures. */
  window: WindowJson;
  hidesHomeButton: boolean;
  showsBarLoading: boolean;
  /** Root font size and page style, by its `<page-meta>`. */
  meta: { rootFontSize?: string; pageStyle?: string };
  visibility: 'new' | 'shown' | 'hidden';
  tabBar?: PageInstance;
  /** Puts it into the document and runs its onLoad; it must be on the stack by then, for `getCurrentPages`. */
  load(): void;
  release(): void;
}

const REACH_BOTTOM_PX = 50;

/** Calls a method that a page may have. */
export function callPage(instance: PageInstance | undefined, method: string, ...args: unknown[]): unknown {
  const called = instance?.[method];
  return typeof called === 'function' ? (called.apply(instance, args) as unknown) : undefined;
}

export interface PageMaker {
  app: AppDescription;
  /** Unset until the app's modules are loaded. */
  miniProgram: MiniProgram | undefined;
  windowOf(pageId: string): WindowJson;
  viewport: HTMLElement;
}

/** Creates a page, which is not yet loaded. */
export function createPage(maker: PageMaker, { id, query, url }: PageUrl, channel: EventChannel): PageRecord {
  const scroller = createNode('div', { className: 'wx-page-scroll' });
  const node = document.createElement('wx-page');
  node.append(scroller);
  maker.viewport.append(node);
  if (!maker.miniProgram) throw new Error('the app is not loaded yet');
  const { root, instance } = maker.miniProgram.create(url, 'wx-page-root');
  const component = root.getComponent() as unknown as FrameworkElement;
  const record: PageRecord = {
    id,
    url,
    instance,
    component,
    node,
    scroller,
    window: { ...maker.app.window, ...maker.windowOf(id) },
    hidesHomeButton: false,
    showsBarLoading: false,
    meta: {},
    visibility: 'new',
    load: () => {
      attach(root, scroller);
      followScrolling(record);
      callPage(instance, 'onLoad', query);
    },
    release: () => {
      leave(root);
      node.remove();
    },
  };
  Object.assign(instance, {
    route: id,
    __route__: id,
    options: query,
    getOpenerEventChannel: () => channel,
    getTabBar: () => record.tabBar ?? null,
    getPageId: () => url,
  });
  return record;
}

/**
 * Ends the life of what was attached. The framework's own release() would take the elements away from under a setData
 * that is still to come, with an error; in WeChat a page that was left just ignores it.
 */
export function leave(root: Root): void {
  glassEasel.Element.pretendDetached(root.getComponent());
}

export function attach(root: Root, parent: HTMLElement): void {
  const placeholder = createNode('span');
  parent.append(placeholder);
  root.attach(parent as never, placeholder as never);
}

function followScrolling({ instance, scroller, window }: PageRecord): void {
  let wasAtBottom = false;
  scroller.addEventListener('scroll', () => {
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    callPage(instance, 'onPageScroll', { scrollTop });
    const isAtBottom =
      scrollTop + clientHeight >= scrollHeight - (window.onReachBottomDistance ?? REACH_BOTTOM_PX);
    if (isAtBottom && !wasAtBottom) callPage(instance, 'onReachBottom');
    wasAtBottom = isAtBottom;
  });
}
