import { createNode } from '../../shared/dom';

/** A panel over the phone's screen that ends with a value. */
interface LayerOptions<T> {
  className: string;
  label?: string;
  /** What a tap beside the panel answers; without it, the panel stays. */
  dismissed?: T;
  fill(box: HTMLElement, done: (value: T) => void): void;
}

/** Shows a panel until somebody answers it. */
export function showLayer<T>({ className, label, dismissed, fill }: LayerOptions<T>): Promise<T> {
  return new Promise(resolve => {
    const box = createNode('div', {
      className: 'wx-layer-box',
      attributes: { role: 'dialog', 'aria-modal': 'true', ...(label && { 'aria-label': label }) },
    });
    const layer = createNode('div', { className: `wx-layer ${className}` }, box);
    const done = (value: T): void => {
      layer.remove();
      resolve(value);
    };
    fill(box, done);
    if (dismissed !== undefined) {
      layer.addEventListener('click', event => {
        if (event.target === layer) done(dismissed);
      });
    }
    document.body.append(layer);
  });
}

export const createButton = (text: string, className: string, onClick: () => void): HTMLButtonElement =>
  createNode('button', { text, className, onClick, attributes: { type: 'button' } });
