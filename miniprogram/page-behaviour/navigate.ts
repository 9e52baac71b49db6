/** WeChat opens a page, or goes back, for each tap of a double tap: a second one within this time does nothing. */
const DOUBLE_TAP_MS = 500;

const leftAtMs = new WeakMap<object, number>();

/** Opens a page above the one in front. Where WeChat keeps no more of them, it takes its place. */
export async function openPage(url: string): Promise<void> {
  if (isDoubleTap()) return;
  try {
    await wx.navigateTo({ url });
  } catch {
    await wx.redirectTo({ url });
  }
}

/** Opens a page in the place of the one in front, which is done with. */
export async function replacePage(url: string): Promise<void> {
  if (!isDoubleTap()) await wx.redirectTo({ url });
}

/** Goes back to the page below. */
export async function goBack(): Promise<void> {
  if (!isDoubleTap()) await wx.navigateBack();
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
