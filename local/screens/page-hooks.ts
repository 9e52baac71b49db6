/// <reference lib="dom" />
import type { TestHooks } from '../preview/runtime/wx/phone-context';

/** What runs in the phone's window: it watches the calls, and stands in for a network that is down or slow. */

export type Network = 'online' | 'offline' | 'stuck';

export interface ScreenHooks {
  network: Network;
  /** Calls under way. */
  pending: number;
  /** Operations called since the window was opened. */
  calls: string[];
  /** How many of them had begun when the first page was ready. */
  callsUntilReady: number | undefined;
  /** When somebody tapped, or a call began or ended, last. */
  changedAtMs: number;
}

interface OpenPage {
  route?: string;
  data: { state?: string };
}

export type HookedWindow = Window &
  typeof globalThis & {
    screenHooks: ScreenHooks;
    previewWarnings?: string[];
    previewHooks?: TestHooks;
    getCurrentPages?: () => OpenPage[];
    wx: { reLaunch(target: { url: string }): void };
  };

/** Put into the window before anything else runs in it. It is sent as text, so it may use nothing from outside. */
export function installHooks(): void {
  const hooked = window as unknown as HookedWindow;
  const hooks: ScreenHooks = {
    network: 'online',
    pending: 0,
    calls: [],
    callsUntilReady: undefined,
    changedAtMs: performance.now(),
  };
  hooked.screenHooks = hooks;
  const send = window.fetch.bind(window);
  const isCall = (url: string): boolean => url.includes('functions/') || url.includes('file-links');
  const change = (): void => {
    hooks.changedAtMs = performance.now();
  };
  const count = (by: 1 | -1): void => {
    hooks.pending += by;
    change();
  };
  window.addEventListener('click', change, true);
  window.fetch = async (target, init) => {
    if (!isCall(String(target))) return send(target, init);
    if (hooks.network === 'stuck') return new Promise(() => undefined);
    hooks.calls.push(/"operation":"([^"]+)"/.exec(String(init?.body))?.[1] ?? 'files');
    count(1);
    try {
      return await send(target, init);
    } finally {
      count(-1);
    }
  };
  const lookForReady = (): void => {
    const isReady = hooked.getCurrentPages?.().at(-1)?.data.state === 'ready';
    if (isReady) hooks.callsUntilReady = hooks.calls.length;
    else requestAnimationFrame(lookForReady);
  };
  lookForReady();
}

/** Opens a page with nothing below it. */
export function openInPage({ url, network }: { url: string; network: Network }): void {
  const hooked = window as unknown as HookedWindow;
  hooked.screenHooks.network = network;
  hooked.screenHooks.changedAtMs = performance.now();
  const hooks = (hooked.previewHooks ??= {});
  if (network === 'offline') hooks.network = { offline: true, slow: false, loseNextAnswer: false };
  else delete hooks.network;
  hooked.wx.reLaunch({ url });
}

/**
 * No tap and no call for a while, nothing that slides or fades, and the page shows what came of it: without a network it
 * tries again first. What turns without end, as a spinner does, is not waited for.
 */
export function isQuiet(quietMs: number): boolean {
  const { screenHooks, getCurrentPages } = window as unknown as HookedWindow;
  const { pending, changedAtMs, network } = screenHooks;
  const isLoading = getCurrentPages?.().at(-1)?.data.state === 'loading';
  if (network !== 'stuck' && isLoading) return false;
  const isMoving = document
    .getAnimations()
    .some(
      ({ playState, effect }) =>
        playState === 'running' && effect?.getComputedTiming().iterations !== Infinity,
    );
  return pending === 0 && !isMoving && performance.now() - changedAtMs > quietMs;
}

/** What the preview and the page tell of themselves; each thing is told once. */
export function readPageReport(): { route: string; state: string; errors: string[]; warnings: string[] } {
  const hooked = window as unknown as HookedWindow;
  const top = hooked.getCurrentPages?.().at(-1);
  const panel = document.querySelector('[data-testid="preview-errors"]');
  const errors = [...(panel?.querySelectorAll('li') ?? [])].map(({ textContent }) => textContent ?? '');
  panel?.remove();
  const warnings = [...new Set(hooked.previewWarnings?.splice(0))];
  return { route: top?.route ?? '', state: top?.data.state ?? '', errors, warnings };
}
