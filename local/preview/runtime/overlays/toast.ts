import { createNode } from '../../shared/dom';

export interface ToastOptions {
  title?: string;
  icon?: string;
  image?: string;
  duration?: number;
  mask?: boolean;
}

const DURATION_MS = 1500;
const ICONS: Readonly<Record<string, string>> = { success: '✓', error: '!' };

let shown: HTMLElement | undefined;
let timer = 0;

/** One toast or loading mark at a time, as in WeChat. */
export function showToast({
  title = '',
  icon = 'success',
  duration = DURATION_MS,
  mask,
}: ToastOptions): void {
  show({ title, icon, mask });
  timer = window.setTimeout(hideToast, duration);
}

/** Stays until it is hidden. */
export const showLoading = ({ title = '', mask }: ToastOptions): void =>
  show({ title, icon: 'loading', mask });

export function hideToast(): void {
  clearTimeout(timer);
  shown?.remove();
  shown = undefined;
}

function show({ title, icon, mask }: { title: string; icon: string; mask: boolean | undefined }): void {
  hideToast();
  const box = createNode('div', { className: 'wx-toast-box' });
  if (icon !== 'none') {
    box.append(createNode('div', { className: `wx-toast-icon ${icon}`, text: ICONS[icon] ?? '' }));
  }
  box.append(createNode('div', { className: 'wx-toast-text', text: title }));
  shown = createNode(
    'div',
    { className: `wx-toast${mask ? ' mask' : ''}`, attributes: { role: 'alert' } },
    box,
  );
  document.body.append(shown);
}
