/// <reference lib="dom" />
import { dispatch, elementOf } from '../runtime/framework/glass-easel';

/** What a person waits for after a tap: more than any of the pages' own short timers. */
const SETTLE_MS = 50;

/**
 * Lets so much of jest's fake time pass: promises, timers and the updates after them have run. `jest.useFakeTimers()` must
 * have been called; how fast the machine is does not matter then.
 */
export const settle = (ms = SETTLE_MS): Promise<void> => jest.advanceTimersByTimeAsync(ms);

/** Taps what a person would: the node with this text, role or whatever the test has found. */
export function tap(node: Element | null | undefined): void {
  if (!(node instanceof HTMLElement)) throw new Error('there is nothing to tap');
  node.click();
}

/** Types into an `<input>` or `<textarea>`, found by itself or by the element around it. */
export function type(node: Element | null | undefined, text: string): void {
  const field = node?.matches('input, textarea') ? node : node?.querySelector('input, textarea');
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    throw new Error('there is nothing to type into');
  }
  field.value = text;
  field.dispatchEvent(new Event('input'));
}

/** Sends an event of an element or component, `change` of a picker for example, as its listeners would get it. */
export function emit(node: Element | null | undefined, eventName: string, detail: unknown): void {
  const element = elementOf(node ?? null);
  if (!element) throw new Error(`there is nothing to send ${eventName} from`);
  dispatch(element, eventName, detail, { bubbles: false });
}

/** The innermost nodes that show a text, hidden ones left out. */
export function findByText(root: Element, text: string): HTMLElement | undefined {
  return [...root.querySelectorAll<HTMLElement>('*')]
    .filter(node => node.textContent?.trim() === text && !node.closest('[hidden]'))
    .at(-1);
}
