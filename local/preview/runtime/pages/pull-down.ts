import { createNode } from '../../shared/dom';
import { callPage, type PageRecord } from './page-record';

const TRIGGER_PX = 60;
const PULL_MAX_PX = 90;
/** Wheels have no end of a gesture: a pause stands for letting go. */
const WHEEL_PAUSE_MS = 160;

/** Pull-down refresh of the page in front, by finger, dragged mouse or wheel. */
export class PullDown {
  private readonly indicator = createNode(
    'div',
    { className: 'wx-pull-dots', attributes: { 'aria-hidden': 'true' } },
    createNode('i'),
    createNode('i'),
    createNode('i'),
  );
  private pulledPx = 0;
  private startY: number | undefined;
  private wheelPause = 0;
  private refreshing: PageRecord | undefined;

  constructor(
    viewport: HTMLElement,
    private readonly top: () => PageRecord | undefined,
  ) {
    viewport.prepend(this.indicator);
    viewport.addEventListener('pointerdown', event => {
      this.startY = this.canPull() ? event.clientY : undefined;
    });
    window.addEventListener('pointermove', event => {
      if (this.startY !== undefined) this.pull(event.clientY - this.startY);
    });
    window.addEventListener('pointerup', () => this.letGo());
    window.addEventListener('pointercancel', () => this.letGo());
    viewport.addEventListener('wheel', event => this.turnWheel(event), { passive: true });
  }

  /** What `wx.startPullDownRefresh` and a finished gesture do. */
  start(): void {
    const page = this.top();
    if (!page || this.refreshing) return;
    this.refreshing = page;
    this.move(TRIGGER_PX);
    callPage(page.instance, 'onPullDownRefresh');
  }

  stop(): void {
    this.refreshing = undefined;
    this.move(0);
  }

  private canPull(): boolean {
    const page = this.top();
    return page?.window.enablePullDownRefresh === true && page.scroller.scrollTop <= 0 && !this.refreshing;
  }

  private turnWheel({ deltaY }: WheelEvent): void {
    if (deltaY >= 0 || !this.canPull()) return;
    this.pull(this.pulledPx - deltaY);
    clearTimeout(this.wheelPause);
    this.wheelPause = window.setTimeout(() => this.letGo(), WHEEL_PAUSE_MS);
  }

  private pull(px: number): void {
    this.pulledPx = Math.min(PULL_MAX_PX, Math.max(0, px));
    this.move(this.pulledPx);
  }

  private letGo(): void {
    const isFarEnough = this.pulledPx >= TRIGGER_PX;
    this.startY = undefined;
    if (this.pulledPx === 0 || this.refreshing) return;
    this.pulledPx = 0;
    if (isFarEnough) this.start();
    else this.move(0);
  }

  private move(px: number): void {
    const page = this.refreshing ?? this.top();
    if (page) page.scroller.style.transform = px > 0 ? `translateY(${px}px)` : '';
    this.indicator.classList.toggle('shown', px > 0);
  }
}
