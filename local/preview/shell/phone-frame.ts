import { createNode } from '../shared/dom';
import type { PhoneLink, PreviewWindow } from '../shared/phone-link';

/** What a phone starts with. */
export const USUAL_BRIGHTNESS = 0.6;
const SCREEN_HEIGHT_PX = 812;
const BEZEL_PX = 12;
export const SCREEN_WIDTHS_PX = [375, 320] as const;

/** The picture of a phone, with the app in its screen. */
export class PhoneFrame {
  readonly node: HTMLElement;
  private readonly screen: HTMLIFrameElement;
  private readonly body: HTMLElement;
  private readonly veil = createNode('div', { className: 'veil' });
  private widthPx: number = SCREEN_WIDTHS_PX[0];

  constructor(title: string) {
    this.screen = createNode('iframe', { attributes: { title: `${title}的手机` } });
    this.body = createNode('div', { className: 'phone-body' }, this.screen, this.veil);
    this.node = createNode('div', { className: 'phone-place' }, this.body);
  }

  get link(): PhoneLink | undefined {
    return (this.screen.contentWindow as (Window & PreviewWindow) | null)?.previewPhone;
  }

  /** Starts the app anew, even at the same address. */
  open(address: string): void {
    this.screen.src = 'about:blank';
    requestAnimationFrame(() => (this.screen.src = address));
  }

  setWidth(widthPx: number): void {
    this.widthPx = widthPx;
    this.body.style.width = `${widthPx}px`;
  }

  /** Makes the phone as large as its place allows, never larger than life. */
  fit({ width, height }: { width: number; height: number }): void {
    const [outerWidth, outerHeight] = [this.widthPx + 2 * BEZEL_PX, SCREEN_HEIGHT_PX + 2 * BEZEL_PX];
    const scale = Math.min(1, width / outerWidth, height / outerHeight);
    this.body.style.transform = `scale(${scale})`;
    this.node.style.width = `${outerWidth * scale}px`;
    this.node.style.height = `${outerHeight * scale}px`;
  }

  /** Darker than usual lies under a veil, brighter shines. */
  showBrightness(brightness: number): void {
    this.veil.style.opacity = String(Math.max(0, USUAL_BRIGHTNESS - brightness));
    this.body.classList.toggle('bright', brightness > USUAL_BRIGHTNESS);
  }

  shake(isLong: boolean): void {
    this.body.classList.add('shaking');
    setTimeout(() => this.body.classList.remove('shaking'), isLong ? 400 : 150);
  }

  flash(): void {
    this.veil.animate([{ background: '#fff', opacity: 0.9 }, { opacity: 0 }], 300);
  }
}
