import { createNode } from '../../shared/dom';

const SHOWN_MAX = 5;
const messages = new Set<string>();

/** Shows a mistake over the page, where nobody can miss it; each one once. */
export function showError(message: string): void {
  // What a handler throws arrives again with the name of its component in front.
  const isKnown = [...messages].some(known => message.endsWith(known));
  if (isKnown || messages.size >= SHOWN_MAX) return;
  messages.add(message);
  console.error(`[preview] ${message}`);
  const panel = document.querySelector('.wx-errors') ?? createPanel();
  panel.querySelector('ul')?.append(createNode('li', { text: message }));
}

function createPanel(): HTMLElement {
  const close = createNode('button', { text: '关闭', onClick: () => panel.remove() });
  const panel = createNode(
    'div',
    { className: 'wx-errors', attributes: { role: 'alert', 'data-testid': 'preview-errors' } },
    createNode('strong', { text: '预览发现问题' }),
    createNode('ul'),
    close,
  );
  document.body.append(panel);
  return panel;
}
