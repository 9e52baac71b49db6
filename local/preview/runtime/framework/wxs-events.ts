import type { ElementInstance, FrameworkElement, FrameworkEvent } from './glass-easel';

/**
 * Handlers written in WXS (swipe cells, for example) get a description of elements instead of the elements themselves, with
 * which they change styles without a round through setData.
 */
interface ElementDescription {
  selectComponent(selector: string): ElementDescription | undefined;
  selectAllComponents(selector: string): ElementDescription[];
  setStyle(style: StyleText): ElementDescription;
  addClass(name: string): ElementDescription;
  removeClass(name: string): ElementDescription;
  hasClass(name: string): boolean;
  getDataset(): Readonly<Record<string, unknown>>;
  getState(): Record<string, unknown>;
  callMethod(name: string, argument: unknown): unknown;
  triggerEvent(name: string, detail: unknown): void;
  requestAnimationFrame(callback: () => void): number;
  setTimeout(callback: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
  getBoundingClientRect(): DOMRect | undefined;
  getComputedStyle(names: string[]): Record<string, string>;
}

type StyleText = string | Record<string, string | number>;
type WxsFunction = ((...args: unknown[]) => unknown) & { __wxs?: boolean };

/** The style segment for WXS: template styles keep their own. */
const WXS_STYLE_SEGMENT = 2;

const descriptions = new WeakMap<FrameworkElement, ElementDescription>();

function describe(element: FrameworkElement | null | undefined): ElementDescription | undefined {
  if (!element) return undefined;
  const known = descriptions.get(element);
  if (known) return known;
  const description = createDescription(element);
  descriptions.set(element, description);
  return description;
}

function createDescription(element: FrameworkElement): ElementDescription {
  const state: Record<string, unknown> = {};
  const inside = () => element.getShadowRoot?.() ?? element.ownerShadowRoot;
  const description: ElementDescription = {
    selectComponent: selector => describe(inside()?.querySelector(selector)),
    selectAllComponents: selector =>
      (inside()?.querySelectorAll(selector) ?? []).flatMap(found => describe(found) ?? []),
    setStyle: style => {
      element.setNodeStyle(toStyleText(style), WXS_STYLE_SEGMENT);
      return description;
    },
    addClass: name => toggleClass(name, true),
    removeClass: name => toggleClass(name, false),
    hasClass: name => element.classList.contains(name),
    getDataset: () => element.dataset,
    getState: () => state,
    callMethod: (name, argument) => {
      const instance = element.getMethodCaller() as ElementInstance & Record<string, unknown>;
      const method = instance[name];
      return typeof method === 'function' ? (method.call(instance, argument) as unknown) : undefined;
    },
    triggerEvent: (name, detail) => element.triggerEvent(name, detail, {}),
    requestAnimationFrame: callback => window.requestAnimationFrame(callback),
    setTimeout: (callback, delayMs) => window.setTimeout(callback, delayMs),
    clearTimeout: timer => window.clearTimeout(timer),
    getBoundingClientRect: () => element.$$?.getBoundingClientRect(),
    getComputedStyle: names => {
      const style = element.$$ && getComputedStyle(element.$$);
      return Object.fromEntries(names.map(name => [name, style?.getPropertyValue(name) ?? '']));
    },
  };
  const toggleClass = (name: string, on: boolean): ElementDescription => {
    element.classList.toggle(name, on);
    return description;
  };
  return description;
}

function toStyleText(style: StyleText): string {
  if (typeof style === 'string') return style;
  const toKebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  return Object.entries(style)
    .map(([name, value]) => `${toKebab(name)}:${value}`)
    .join(';');
}

const isWxs = (handler: unknown): handler is WxsFunction =>
  typeof handler === 'function' && (handler as WxsFunction).__wxs === true;

/** A handler for `change:property`, which runs after the update. */
function wrapChange(handler: unknown): unknown {
  if (!isWxs(handler)) return handler;
  return (value: unknown, before: unknown, host: FrameworkElement, element: FrameworkElement) =>
    setTimeout(() => handler(value, before, describe(host), describe(element)));
}

function callHandler(caller: ElementInstance, event: FrameworkEvent, handler: unknown): unknown {
  if (!isWxs(handler)) return (handler as WxsFunction).call(caller, event);
  const wxsEvent: unknown = Object.create(event, {
    target: { value: toEventNode(event.target) },
    currentTarget: { value: toEventNode(event.currentTarget) },
    instance: { value: describe(elementBehind(event.currentTarget)) },
  });
  return handler.call(null, wxsEvent, describe(caller._$));
}

const elementBehind = (node: unknown): FrameworkElement =>
  ((node as Partial<ElementInstance>)._$ ?? node) as FrameworkElement;

function toEventNode(node: unknown): object {
  const { id, dataset } = node as FrameworkElement;
  return { id, dataset, offsetLeft: 0, offsetTop: 0, instance: describe(elementBehind(node)) };
}

/** Provides the two names that compiled templates call for WXS handlers (build/templates.ts). */
export function installWxsEvents(): void {
  Object.assign(globalThis, { __wxsChange: wrapChange, __wxsEvent: callHandler });
}
