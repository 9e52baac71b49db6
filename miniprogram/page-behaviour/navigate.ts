import { quietly } from '../guarded';

/** WeChat opens a page, or goes back, for each tap of a double tap: a second one within this time does nothing. */
const DOUBLE_TAP_MS = 500;

const leftAtMs = new WeakMap<object, number>();

/** Opens a page above the one in front. Where WeChat keeps no more of them, it takes its place. */
export async function openPage(url: string): Promise<void> {
  if (isDoubleTap()) return;
  try {
    await wx.navigateTo({ url });
  } catch {
    quietly(() => wx.redirectTo({ url }));
  }
}

/** Opens a page in the place of the one in front, which is done with. */
export async function replacePage(url: string): Promise<void> {
  if (isDoubleTap()) return;
  try {
    await wx.redirectTo({ url });
  } catch {
    // The page in front stays, with what was done on it.
  }
}

const HOME = '/pages/home/home';

/** Goes back to the page below, or home from a page that a link has opened and that has none below. */
export async function goBack(): Promise<void> {
  if (isDoubleTap()) return;
  try {
    await wx.navigateBack();
  } catch {
    quietly(() => wx.switchTab({ url: HOME }));
  }
}

function isDoubleTap(): boolean {
  const [page] = getCurrentPages().slice(-1);
  if (!page) return false;
  const nowMs = Date.now();
  // Either way: the clock of a phone can be set back.
  if (Math.abs(nowMs - (leftAtMs.get(page) ?? 0)) < DOUBLE_TAP_MS) return true;
  leftAtMs.set(page, nowMs);
  return false;
}
