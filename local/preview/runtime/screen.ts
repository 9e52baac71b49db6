import { createNode } from '../shared/dom';
import type { NavigationBar } from './pages/navigation-bar';
import type { NativeTabBar } from './pages/tab-bar';

/** The parts of a phone's screen around the pages. */
export interface PhoneScreen {
  viewport: HTMLElement;
  assemble(bar: NavigationBar, tabBar: NativeTabBar): void;
}

const CLOCK_TICK_MS = 20_000;
const TIME = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: 'numeric',
  minute: '2-digit',
});

export function createScreen(): PhoneScreen {
  const clock = createNode('time', { className: 'wx-clock' });
  const tick = (): void => {
    clock.textContent = TIME.format(new Date());
  };
  tick();
  setInterval(tick, CLOCK_TICK_MS);
  const viewport = createNode('main', { className: 'wx-viewport' });
  const status = createNode(
    'div',
    { className: 'wx-status', attributes: { 'aria-hidden': 'true' } },
    clock,
    createNode('i', { className: 'wx-battery' }),
  );
  return {
    viewport,
    assemble: (bar, tabBar) =>
      document.body.append(
        status,
        bar.node,
        viewport,
        tabBar.node,
        createNode('div', { className: 'wx-home-indicator', attributes: { 'aria-hidden': 'true' } }),
      ),
  };
}
