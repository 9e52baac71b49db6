import { quietly } from '../guarded';

/** Brightness as it was before; undefined while nothing is changed. */
let before: number | undefined;

/** Makes a code easy to scan: full brightness, no dimming. Phones that refuse show the code all the same. */
export async function brightenScreen(): Promise<void> {
  try {
    quietly(() => wx.setKeepScreenOn({ keepScreenOn: true }));
    const { value } = await wx.getScreenBrightness();
    before ??= value;
    await wx.setScreenBrightness({ value: 1 });
  } catch {
    // Not every phone lets an app change it.
  }
}

export async function restoreScreen(): Promise<void> {
  const value = before;
  before = undefined;
  try {
    quietly(() => wx.setKeepScreenOn({ keepScreenOn: false }));
    if (value !== undefined) await wx.setScreenBrightness({ value });
  } catch {
    // As above.
  }
}
