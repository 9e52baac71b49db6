import { anything, count, flag, text, type ElementDefinition } from './element-definition';

const ICON_TEXTS: Readonly<Record<string, string>> = {
  success: '✓',
  success_no_circle: '✓',
  info: 'i',
  warn: '!',
  waiting: '…',
  cancel: '✕',
  clear: '✕',
  download: '↓',
  search: '⌕',
};
const ICON_COLORS: Readonly<Record<string, string>> = { warn: '#fa5151', info: '#10aeff', cancel: '#fa5151' };
const ICON_SIZE_PX = 23;

export const icon: ElementDefinition = {
  properties: { type: text(), size: anything(), color: text() },
  setUp: ({ node, string }) => ({
    onChanged: () => {
      const type = string('type');
      node.textContent = ICON_TEXTS[type] ?? '';
      node.style.setProperty('--wx-icon-size', `${Number.parseFloat(string('size')) || ICON_SIZE_PX}px`);
      node.style.setProperty('--wx-icon-color', string('color') || ICON_COLORS[type] || '#07c160');
    },
  }),
};

export const progress: ElementDefinition = {
  properties: {
    percent: count(),
    showInfo: flag(),
    borderRadius: anything(),
    fontSize: anything(),
    strokeWidth: anything(),
    color: text(),
    activeColor: text('#09BB07'),
    backgroundColor: text('#EBEBEB'),
    active: flag(),
    activeMode: text(),
    duration: count(),
  },
  setUp({ node, string, number, boolean }) {
    const track = document.createElement('div');
    const bar = document.createElement('div');
    const info = document.createElement('span');
    track.append(bar);
    node.append(track, info);
    node.setAttribute('role', 'progressbar');
    const show = (): void => {
      track.style.background = string('backgroundColor');
      track.style.height = `${Number.parseFloat(string('strokeWidth')) || 6}px`;
      bar.style.background = string('color') || string('activeColor');
      bar.style.width = `${Math.min(100, Math.max(0, number('percent')))}%`;
      info.textContent = boolean('showInfo') ? `${number('percent')}%` : '';
      node.setAttribute('aria-valuenow', String(number('percent')));
    };
    show();
    return { onChanged: show };
  },
};

interface RichNode {
  type?: string;
  text?: string;
  name?: string;
  attrs?: Record<string, unknown>;
  children?: RichNode[];
}

export const richText: ElementDefinition = {
  properties: { nodes: anything(), space: text(), userSelect: flag(), mode: text() },
  setUp: ({ node, value }) => ({
    onChanged: name => {
      if (name !== 'nodes') return;
      const nodes = value('nodes');
      node.replaceChildren(...(Array.isArray(nodes) ? nodes.map(toDomNode) : parseHtml(String(nodes ?? ''))));
    },
  }),
};

/** What WeChat drops, and what could leave the machine or run. */
const FORBIDDEN = /^(script|style|iframe|object|embed|link|meta|form|input|button)$/;

function toDomNode({ type, text: content, name = 'span', attrs = {}, children = [] }: RichNode): Node {
  if (type === 'text') return document.createTextNode(content ?? '');
  const element = document.createElement(FORBIDDEN.test(name) ? 'span' : name);
  for (const [attribute, value] of Object.entries(attrs)) {
    if (/^(style|class|src|alt|width|height|colspan|rowspan)$/.test(attribute)) {
      element.setAttribute(attribute, String(value));
    }
  }
  element.append(...children.map(toDomNode));
  return element;
}

function parseHtml(html: string): Node[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const clean = (element: Element): void => {
    if (FORBIDDEN.test(element.localName)) return void element.remove();
    for (const { name } of [...element.attributes]) if (name.startsWith('on')) element.removeAttribute(name);
  };
  [...body.querySelectorAll('*')].forEach(clean);
  return [...body.childNodes];
}
