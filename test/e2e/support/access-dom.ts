/// <reference lib="dom" />
/** What the accessibility checks ask of the document; all of it runs in the phone's window. */

/** The page in front; bars and dialogs of the preview itself are outside it. */
export function visiblePage(): HTMLElement {
  const page = document.querySelector<HTMLElement>('wx-page:not([hidden])');
  if (!page) throw new Error('no page is open');
  return page;
}

/** Shown, and neither transparent nor clipped away to nothing. */
export function isShown(node: Element): boolean {
  if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const { width, height } = node.getBoundingClientRect();
  return width > 0 && height > 0;
}

interface Listeners {
  listeners: Record<string, unknown>;
}

const isListeners = (value: unknown): value is Listeners =>
  typeof value === 'object' && value !== null && 'listeners' in value && 'captureListeners' in value;

/** The framework keeps its listeners to itself: found by their shape, as their place has no stable name. */
export function handlesTap(node: Element): boolean {
  const element = (node as Element & { __wxElement?: object }).__wxElement;
  if (!element) return false;
  return Object.values(element).some(value => isListeners(value) && 'tap' in value.listeners);
}

const WIDGET_ROLES = ['button', 'link', 'textbox', 'checkbox', 'radio', 'switch', 'tab'];
const FIELDS = 'input, textarea';

export const isWidget = (node: Element): boolean =>
  WIDGET_ROLES.includes(node.getAttribute('role') ?? '') ||
  node.matches(FIELDS) ||
  node.localName === 'wx-button';

/** A box without text, picture or colour: nothing that anybody could aim at, such as the place of a close button not wanted. */
function isEmptyBox(node: Element): boolean {
  const isEmpty = textOf(node) === '' && node.querySelector('wx-image, img, canvas, svg') === null;
  const { backgroundColor, backgroundImage } = getComputedStyle(node);
  return isEmpty && backgroundImage === 'none' && backgroundColor === 'rgba(0, 0, 0, 0)';
}

const isControl = (node: Element): boolean => isWidget(node) || (handlesTap(node) && !isEmptyBox(node));

/** Everything that can be operated, outermost first. */
export const listControls = (page: Element): Element[] =>
  [...page.querySelectorAll('*')].filter(node => isControl(node) && isShown(node));

const textOf = (node: Element): string => (node as HTMLElement).innerText?.trim() ?? '';

const labelOf = (node: Element): string => {
  const ids = node.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
  return ids.map(id => document.getElementById(id)?.textContent ?? '').join(' ');
};

/** What a screen reader says; empty for a control that says nothing. */
export function nameOf(node: Element): string {
  const own = node.getAttribute('aria-label') || labelOf(node);
  if (own) return own.trim();
  if (!node.matches(FIELDS)) return textOf(node);
  return node.closest('[aria-label]')?.getAttribute('aria-label')?.trim() ?? '';
}

export const isDisabled = (node: Element): boolean =>
  node.closest('[disabled], [aria-disabled="true"], :disabled') !== null;

/** `wx-button.big-button--main "提交"`, to find it again. */
export function describe(node: Element): string {
  const name = (nameOf(node) || textOf(node)).replace(/\s+/g, ' ').slice(0, 24);
  const classes = typeof node.className === 'string' ? node.className.trim().split(/\s+/).slice(0, 2) : [];
  return `${[node.localName, ...classes.filter(Boolean)].join('.')} "${name}"`;
}
