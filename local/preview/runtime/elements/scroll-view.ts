import {
  anything,
  count,
  flag,
  text,
  type ElementContext,
  type ElementDefinition,
} from './element-definition';

const PROPERTIES = {
  scrollX: flag(),
  scrollY: flag(),
  scrollTop: anything(),
  scrollLeft: anything(),
  scrollIntoView: text(),
  scrollIntoViewOffset: count(),
  scrollWithAnimation: flag(),
  upperThreshold: count(50),
  lowerThreshold: count(50),
  enhanced: flag(),
  showScrollbar: flag(true),
  refresherEnabled: flag(),
  refresherTriggered: flag(),
  refresherThreshold: count(45),
  refresherDefaultStyle: text(),
  refresherBackground: text(),
  enableFlex: flag(),
  enablePassive: flag(),
  enableBackToTop: flag(),
  scrollAnchoring: flag(),
  fastDeceleration: flag(),
  pagingEnabled: flag(),
  throttle: flag(),
  bounces: flag(),
  usingSticky: flag(),
  clip: flag(),
  reverse: flag(),
  type: text(),
};

export const scrollView: ElementDefinition = {
  properties: PROPERTIES,
  setUp(context) {
    listenToScrolling(context);
    return { onChanged: name => show(context, name) };
  },
};

function show(context: ElementContext, name: string): void {
  const { node, string, boolean } = context;
  if (name === 'scrollX') node.style.overflowX = boolean('scrollX') ? 'auto' : '';
  if (name === 'scrollY') node.style.overflowY = boolean('scrollY') ? 'auto' : '';
  if (name === 'enableFlex') node.style.display = boolean('enableFlex') ? 'flex' : '';
  // The new contents must be in the document before it can be scrolled to.
  if (name === 'scrollTop' || name === 'scrollLeft') setTimeout(() => scroll(context));
  if (name === 'scrollIntoView' && string('scrollIntoView')) setTimeout(() => scrollToChild(context));
}

function scroll({ node, value, boolean }: ElementContext): void {
  const toPixels = (position: unknown, now: number): number =>
    position === undefined || position === null ? now : Number.parseFloat(String(position)) || 0;
  node.scrollTo({
    top: toPixels(value('scrollTop'), node.scrollTop),
    left: toPixels(value('scrollLeft'), node.scrollLeft),
    behavior: boolean('scrollWithAnimation') ? 'smooth' : 'auto',
  });
}

function scrollToChild({ instance, node, string }: ElementContext): void {
  const child = instance._$.ownerShadowRoot?.getElementById(string('scrollIntoView'))?.$$;
  if (!child) return;
  const [inside, outside] = [child.getBoundingClientRect(), node.getBoundingClientRect()];
  node.scrollTo({
    top: node.scrollTop + inside.top - outside.top,
    left: node.scrollLeft + inside.left - outside.left,
  });
}

function listenToScrolling(context: ElementContext): void {
  const { node, emit } = context;
  let before = { left: 0, top: 0 };
  let edge: string | undefined;
  node.addEventListener('scroll', () => {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = node;
    const [deltaX, deltaY] = [before.left - scrollLeft, before.top - scrollTop];
    before = { left: scrollLeft, top: scrollTop };
    emit('scroll', { scrollLeft, scrollTop, scrollWidth, scrollHeight, deltaX, deltaY });
    const reached = findEdge(context);
    if (reached && reached.type !== edge) emit(reached.type, { direction: reached.direction });
    edge = reached?.type;
  });
}

function findEdge({
  node,
  number,
  boolean,
}: ElementContext): { type: string; direction: string } | undefined {
  const isVertical = boolean('scrollY');
  const [start, end] = isVertical
    ? [node.scrollTop, node.scrollHeight - node.clientHeight - node.scrollTop]
    : [node.scrollLeft, node.scrollWidth - node.clientWidth - node.scrollLeft];
  if (end <= number('lowerThreshold')) {
    return { type: 'scrolltolower', direction: isVertical ? 'bottom' : 'right' };
  }
  if (start <= number('upperThreshold')) {
    return { type: 'scrolltoupper', direction: isVertical ? 'top' : 'left' };
  }
  return undefined;
}
