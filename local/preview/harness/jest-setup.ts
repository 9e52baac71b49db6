/// <reference lib="dom" />
/**
 * What jsdom lacks and glass-easel, its compiler and TDesign want, before any module of theirs loads. To be named in
 * `setupFiles` of a jest project with `testEnvironment: 'jsdom'`.
 */
import { TextDecoder, TextEncoder } from 'node:util';

/** Nothing is laid out under jsdom, so nothing ever comes into view. */
class NeverIntersecting {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const noMatch = {
  matches: false,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};

Object.assign(globalThis, {
  // The compiler's WebAssembly wants Node's own: jsdom has none.
  TextEncoder,
  TextDecoder,
  IntersectionObserver: NeverIntersecting,
  matchMedia: () => noMatch,
  // TDesign calls both while it loads.
  getApp: () => ({}),
  getCurrentPages: () => [],
});
Object.assign(Element.prototype, { scrollTo: () => undefined, scrollIntoView: () => undefined });
// jsdom has the element but would print an error for each call.
Object.assign(HTMLCanvasElement.prototype, { getContext: () => null });
