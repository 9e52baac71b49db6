import { findAround, listInside, type ElementInstance, type FrameworkEvent } from '../framework/glass-easel';
import {
  behaviourOf,
  count,
  flag,
  text,
  type ElementContext,
  type ElementDefinition,
} from './element-definition';

const PROPERTIES = {
  current: count(),
  currentItemId: text(),
  indicatorDots: flag(),
  indicatorColor: text('rgba(0,0,0,.3)'),
  indicatorActiveColor: text('#000'),
  autoplay: flag(),
  interval: count(5000),
  duration: count(500),
  circular: flag(),
  vertical: flag(),
  previousMargin: text('0px'),
  nextMargin: text('0px'),
  snapToEdge: flag(),
  displayMultipleItems: count(1),
  easingFunction: text('default'),
};

const SWIPE_MIN_PX = 30;

const itemsOf = (swiper: ElementInstance): ElementInstance[] =>
  listInside(swiper._$).filter(({ is }) => is === 'wx-swiper-item');

export const swiper: ElementDefinition = {
  properties: PROPERTIES,
  setUp(context) {
    const dots = document.createElement('div');
    dots.className = 'wx-swiper-dots';
    context.node.append(dots);
    const refresh = (): void => void setTimeout(() => layOut(context, dots));
    followSwipes(context);
    const stopAutoplay = startAutoplay(context);
    refresh();
    return { onChanged: refresh, onDetached: stopAutoplay, refresh };
  },
};

export const swiperItem: ElementDefinition = {
  properties: { itemId: text(), skipHiddenItemLayout: flag() },
  setUp: ({ instance }) => {
    setTimeout(() => {
      const around = findAround(instance._$, 'wx-swiper');
      if (around) behaviourOf(around).refresh?.();
    });
  },
};

function go({ instance, number, boolean, set, emit }: ElementContext, index: number, source: string): void {
  const items = itemsOf(instance).length;
  const isRound = boolean('circular') || source === 'autoplay';
  const target = isRound && items > 0 ? (index + items) % items : index;
  if (target < 0 || target >= items || target === number('current')) return;
  set({ current: target });
  emit('change', { current: target, source });
  setTimeout(() => emit('animationfinish', { current: target, source }), number('duration'));
}

function followSwipes(context: ElementContext): void {
  const { on, boolean, number } = context;
  let start: { clientX: number; clientY: number } | undefined;
  on('touchstart', event => (start = (event as FrameworkEvent).touches?.[0]));
  on('touchend', event => {
    const touch = (event as FrameworkEvent).changedTouches?.[0];
    if (!start || !touch) return;
    const moved = boolean('vertical') ? touch.clientY - start.clientY : touch.clientX - start.clientX;
    if (Math.abs(moved) > SWIPE_MIN_PX) go(context, number('current') + (moved < 0 ? 1 : -1), 'touch');
  });
}

function startAutoplay(context: ElementContext): () => void {
  const { boolean, number } = context;
  const tick = (): void => {
    if (boolean('autoplay')) go(context, number('current') + 1, 'autoplay');
    timer = window.setTimeout(tick, number('interval'));
  };
  let timer = window.setTimeout(tick, number('interval'));
  return () => clearTimeout(timer);
}

function layOut({ instance, number, boolean, string }: ElementContext, dots: HTMLElement): void {
  const items = itemsOf(instance);
  const axis = boolean('vertical') ? 'Y' : 'X';
  items.forEach((item, index) => {
    const style = item._$.$$?.style;
    if (!style) return;
    style.transform = `translate${axis}(${(index - number('current')) * 100}%)`;
    style.transition = `transform ${number('duration')}ms`;
  });
  const shown = boolean('indicatorDots') ? items : [];
  dots.replaceChildren(
    ...shown.map((_, index) => {
      const dot = document.createElement('i');
      dot.style.background = string(index === number('current') ? 'indicatorActiveColor' : 'indicatorColor');
      return dot;
    }),
  );
}
