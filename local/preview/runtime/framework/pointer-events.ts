import { dispatch, elementOf, type FrameworkElement, type Touch } from './glass-easel';

/** A finger that moves further than this does not tap. */
const TAP_SLOP_PX = 10;
const LONG_PRESS_MS = 350;

interface Press {
  target: FrameworkElement;
  x: number;
  y: number;
  hasMoved: boolean;
  longPress: number;
}

const toTouch = ({ clientX, clientY, pageX, pageY }: MouseEvent): Touch => ({
  identifier: 0,
  clientX,
  clientY,
  pageX,
  pageY,
});

const BUBBLING = { bubbles: true, composed: true, capturePhase: true } as const;

function send(target: FrameworkElement, type: string, event: MouseEvent): void {
  const touch = toTouch(event);
  const hasEnded = type !== 'touchstart' && type !== 'touchmove';
  const isGesture = type === 'tap' || type === 'longpress' || type === 'longtap';
  dispatch(target, type, isGesture ? { x: touch.pageX, y: touch.pageY } : {}, {
    ...BUBBLING,
    originalEvent: event,
    extraFields: { touches: hasEnded ? [] : [touch], changedTouches: [touch] },
  });
}

const distance = (press: { x: number; y: number }, event: MouseEvent): number =>
  Math.hypot(event.clientX - press.x, event.clientY - press.y);

/**
 * Makes WeChat's touch events from pointers, so that a mouse does what a finger does. Taps come from clicks: those also arise
 * from the keyboard and from browser tests.
 */
export function installPointerEvents(root: HTMLElement): void {
  let press: Press | undefined;
  let lastDown: { x: number; y: number } | undefined;
  const start = (event: PointerEvent): void => {
    lastDown = { x: event.clientX, y: event.clientY };
    const target = elementOf(event.target);
    if (!target) return;
    const begun: Press = { target, ...lastDown, hasMoved: false, longPress: 0 };
    begun.longPress = window.setTimeout(() => {
      if (press !== begun || begun.hasMoved) return;
      send(target, 'longpress', event);
      send(target, 'longtap', event);
    }, LONG_PRESS_MS);
    press = begun;
    send(target, 'touchstart', event);
  };
  const move = (event: PointerEvent): void => {
    if (!press) return;
    press.hasMoved ||= distance(press, event) > TAP_SLOP_PX;
    send(press.target, 'touchmove', event);
  };
  const end = (type: 'touchend' | 'touchcancel') => (event: PointerEvent) => {
    if (!press) return;
    clearTimeout(press.longPress);
    send(press.target, type, event);
    press = undefined;
  };
  const click = (event: MouseEvent): void => {
    const target = elementOf(event.target);
    const isDisabled = (event.target as Element).closest('wx-button[disabled]') !== null;
    const wasDragged = event.detail > 0 && lastDown !== undefined && distance(lastDown, event) > TAP_SLOP_PX;
    if (target && !isDisabled && !wasDragged) send(target, 'tap', event);
  };
  root.addEventListener('pointerdown', start, true);
  window.addEventListener('pointermove', move, true);
  window.addEventListener('pointerup', end('touchend'), true);
  window.addEventListener('pointercancel', end('touchcancel'), true);
  root.addEventListener('click', click);
  installKeyboardTaps(root);
}

/** Enter and space tap what has the role of a control, as a screen reader's double tap does. */
function installKeyboardTaps(root: HTMLElement): void {
  root.addEventListener('keydown', event => {
    const node = event.target as HTMLElement;
    const isControl = node.getAttribute('role') === 'button' || node.localName === 'wx-button';
    if (!isControl || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    node.click();
  });
}
