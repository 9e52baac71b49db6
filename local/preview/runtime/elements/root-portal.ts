import { flag, type ElementDefinition } from './element-definition';

/** Takes its contents out of every scrolling or clipped box around it, into the page itself. */
export const rootPortal: ElementDefinition = {
  properties: { enable: flag(true) },
  setUp({ node, boolean }) {
    const home = document.createComment('root-portal');
    setTimeout(() => {
      const page = node.closest('wx-page');
      if (!boolean('enable') || !page || !node.parentNode) return;
      node.replaceWith(home);
      page.append(node);
    });
    return { onDetached: () => node.remove() };
  },
};
