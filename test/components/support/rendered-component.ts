/// <reference lib="dom" />
import simulate, { type Handle, type RootHandle } from 'miniprogram-simulate/src/index';

/** An element or component on the screen. */
export interface RenderedNode {
  readonly tag: string;
  readonly text: string;
  /** As in WXML, names in camelCase; WeChat's elements have no other trace of `value`, `src` or `aria-…` here. */
  readonly attributes: Record<string, unknown>;
  tap(): Promise<void>;
  /** Sends an event that an element makes by itself: `input`, or a picker's `change`. */
  emit(name: string, detail: unknown): Promise<void>;
}

export interface RenderedComponent {
  readonly text: string;
  /** Names that a screen reader says, in order. */
  readonly labels: string[];
  /** The node with this name. @throws when there is none, or more than one. */
  labelled(label: string): RenderedNode;
  /** Nodes with this class, those of inner components too. */
  classed(name: string): RenderedNode[];
  /** WeChat's own elements with this tag, `picker` for example. */
  tagged(tag: string): RenderedNode[];
  /** Details of an event from now on. */
  listen(event: string): unknown[];
  set(properties: Record<string, unknown>): void;
  page(change: 'show' | 'hide'): void;
  detach(): void;
}

export function renderComponent(id: string, properties: Record<string, unknown>): RenderedComponent {
  const root = simulate.render(id, properties);
  if (!root) throw new Error('the component is not registered: its module has run in this test file before');
  root.attach(document.createElement('div'));
  const nodes = (): RenderedNode[] => handlesIn(root).map(toNode);

  return {
    get text() {
      return visibleText(root.dom);
    },
    get labels() {
      return nodes().flatMap(({ attributes }) =>
        attributes['ariaLabel'] ? [String(attributes['ariaLabel'])] : [],
      );
    },
    labelled(label) {
      const [found, ...others] = nodes().filter(({ attributes }) => attributes['ariaLabel'] === label);
      if (!found || others.length > 0)
        throw new Error(`${1 + others.length} nodes instead of one are named ${label}`);
      return found;
    },
    classed: name =>
      nodes().filter(({ attributes }) => String(attributes['class']).split(' ').includes(name)),
    tagged: tag => nodes().filter(node => node.tag === `wx-${tag}`),
    listen(event) {
      const details: unknown[] = [];
      // Jest takes [undefined] for [], which would hide an event that carries nothing.
      root.addEventListener(event, ({ detail }) => details.push(detail ?? {}));
      return details;
    },
    set: changed => root.setData(changed),
    page: change => root.triggerPageLifeTime(change),
    detach: () => root.detach(),
  };
}

/** j-component selects by class and id in one component only; its elements in the document know their nodes. */
function handlesIn(root: RootHandle): Handle[] {
  const Handle = Object.getPrototypeOf(root.constructor) as new (node: unknown) => Handle;
  return [...root.dom.querySelectorAll('*')].map(
    element => new Handle((element as Element & { __wxElement: unknown }).__wxElement),
  );
}

/** Line breaks of a template come to nothing on the screen. */
const visibleText = ({ textContent }: Node): string => (textContent ?? '').replace(/\s*\n\s*/g, '');

const toNode = (handle: Handle): RenderedNode => ({
  tag: handle.dom.localName,
  text: visibleText(handle.dom),
  attributes: Object.fromEntries(handle.toJSON().attrs.map(({ name, value }) => [name, value])),
  async tap() {
    handle.dispatchEvent('tap');
    await simulate.sleep(0);
  },
  async emit(name, detail) {
    handle.instance.triggerEvent(name, detail);
    await simulate.sleep(0);
  },
});
