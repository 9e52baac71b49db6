/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="dom.asynciterable" />
/**
 * The little of glass-easel that the host relies on, some of it internal and therefore without types upstream. Every cast to
 * these shapes is made here.
 */
import { glassEasel, MiniProgramEnv, type CodeSpace, type Root } from 'glass-easel-miniprogram-adapter';

export { glassEasel, MiniProgramEnv };
export type { CodeSpace, Root };

/** What a component's author sees as `this`. */
export interface ElementInstance {
  readonly is: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly _$: FrameworkElement;
  setData(changes: Record<string, unknown>): void;
  hasBehavior?(behavior: unknown): boolean;
}

/** A page or the custom tab bar, with the methods its author may have written. */
export interface PageInstance extends ElementInstance {
  [member: string]: unknown;
}

export interface ClassNames {
  toggle(name: string, force?: boolean, segment?: number): void;
  contains(name: string): boolean;
}

/** A node of the shadow tree. */
export interface FrameworkElement {
  readonly is: string;
  readonly id: string;
  readonly $$: HTMLElement | null;
  readonly dataset: Readonly<Record<string, unknown>>;
  readonly classList: ClassNames;
  readonly ownerShadowRoot: FrameworkRoot | null;
  getShadowRoot?(): FrameworkRoot | null;
  getMethodCaller(): ElementInstance;
  addListener(type: string, listener: (event: FrameworkEvent) => void, options?: { capture?: boolean }): void;
  triggerEvent(type: string, detail: unknown, options?: EventOptions): void;
  triggerLifetime(name: string, args: unknown[]): void;
  triggerPageLifetime(name: string, args: unknown[]): void;
  setNodeStyle(style: string, segment?: number): void;
}

export interface FrameworkRoot {
  querySelector(selector: string): FrameworkElement | null;
  querySelectorAll(selector: string): FrameworkElement[];
  getElementById(id: string): FrameworkElement | undefined;
  getHostNode(): FrameworkElement;
}

export interface FrameworkEvent {
  readonly type: string;
  readonly detail: unknown;
  readonly target: unknown;
  readonly currentTarget: unknown;
  readonly touches?: readonly Touch[];
  readonly changedTouches?: readonly Touch[];
}

export interface Touch {
  identifier: number;
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
}

export interface EventOptions {
  bubbles?: boolean;
  composed?: boolean;
  capturePhase?: boolean;
  originalEvent?: unknown;
  extraFields?: Record<string, unknown>;
}

/** Which of an element's class lists the host writes to; 0 is the template's. */
export const HOST_CLASS_SEGMENT = 3;

export const asElement = (value: unknown): FrameworkElement => value as FrameworkElement;

export const asInstance = (value: unknown): PageInstance => value as PageInstance;

/** The framework's element that a DOM node belongs to. */
export function elementOf(node: EventTarget | null): FrameworkElement | undefined {
  for (
    let current = node as (Node & { __wxElement?: unknown }) | null;
    current;
    current = current.parentNode
  ) {
    if (current.__wxElement) return asElement(current.__wxElement);
  }
  return undefined;
}

/** Sends an event as WeChat would, from a node upwards. */
export function dispatch(
  target: FrameworkElement,
  type: string,
  detail: unknown,
  options: EventOptions,
): void {
  const event = new glassEasel.Event(type, detail, options);
  glassEasel.Event.dispatchEvent(target as never, event);
}

/** Nodes along the composed tree, starting with the node itself. */
export function listComposed(
  element: FrameworkElement,
  direction: 'composed-ancestors' | 'composed-descendants-root-first',
): FrameworkElement[] {
  const nodes: FrameworkElement[] = [];
  const iterator = new glassEasel.ElementIterator(element as never, direction as never, glassEasel.Component);
  iterator.forEach(node => {
    nodes.push(asElement(node));
  });
  return nodes;
}

/** The nearest element of a kind around another, `wx-form` for example. */
export const findAround = (element: FrameworkElement, is: string): ElementInstance | undefined =>
  listComposed(element, 'composed-ancestors')
    .find(node => node.is === is)
    ?.getMethodCaller();

/** All components inside an element, in document order. */
export const listInside = (element: FrameworkElement): ElementInstance[] =>
  listComposed(element, 'composed-descendants-root-first')
    .slice(1)
    .map(node => node.getMethodCaller());
