import type { ElementContext } from '../elements/element-definition';
import type { PageRecord } from './page-record';
import type { PageStack } from './page-stack';

/** Takes over what a `<page-meta>` or `<navigation-bar>` says about its page. */
export function showPageMeta(element: ElementContext, stack: PageStack): void {
  // Its page may be created at this very moment, and is not on the stack then.
  setTimeout(() => {
    const page = stack.pages.find(({ node }) => node.contains(element.node));
    if (!page) return;
    if (element.instance.is === 'wx-page-meta') applyPageMeta(page, element);
    else applyNavigationBar(page, element);
    stack.refreshTop();
  });
}

function applyPageMeta(page: PageRecord, { string }: ElementContext): void {
  page.meta = { rootFontSize: string('rootFontSize'), pageStyle: string('pageStyle') };
  const backgroundColor = string('backgroundColor');
  if (backgroundColor) page.window.backgroundColor = backgroundColor;
  page.node.style.cssText = string('pageStyle');
  page.node.style.fontSize = string('pageFontSize');
}

function applyNavigationBar({ window }: PageRecord, { string }: ElementContext): void {
  if (string('title')) window.navigationBarTitleText = string('title');
  if (string('backgroundColor')) window.navigationBarBackgroundColor = string('backgroundColor');
  if (string('frontColor')) {
    window.navigationBarTextStyle = string('frontColor') === '#000000' ? 'black' : 'white';
  }
}

/** `rem` counts from the root of the document, which all pages share here. */
export function showRootFontSize({ meta }: PageRecord): void {
  document.documentElement.style.fontSize = meta.rootFontSize ?? '';
}
