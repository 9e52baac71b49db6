import { Observable } from '../observable';
import { toDisplayView, type DisplayView } from '../view/display';

const KEY = 'elder-mode';

/** Elder mode and text size; every page-frame follows it. */
export const display = new Observable<DisplayView>(toDisplayView(false));

/** WeChat's own font setting; older versions do not tell. */
function fontScale(): number {
  const { fontSizeScaleFactor } = wx.getAppBaseInfo() as { fontSizeScaleFactor?: number };
  return fontSizeScaleFactor ?? 1;
}

export function readDisplay(): void {
  display.set(toDisplayView(wx.getStorageSync(KEY) === true, fontScale()));
}

export function setElder(elder: boolean): void {
  wx.setStorageSync(KEY, elder);
  display.set(toDisplayView(elder, fontScale()));
}
