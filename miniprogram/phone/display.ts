import { orElse } from '../guarded';
import { Observable } from '../observable';
import { toDisplayView, type DisplayView } from '../view/display';
import { keepStored, readStored } from '../storage';

const KEY = 'elder-mode';

/** Elder mode and text size; every page-frame follows it. */
export const display = new Observable<DisplayView>(toDisplayView(false));

/** WeChat's own font setting; older versions do not tell. */
function fontScale(): number {
  const { fontSizeScaleFactor } = orElse<{ fontSizeScaleFactor?: number }>(() => wx.getAppBaseInfo(), {});
  return fontSizeScaleFactor ?? 1;
}

export function readDisplay(): void {
  display.set(toDisplayView(readStored(KEY) === true, fontScale()));
}

export function setElder(elder: boolean): void {
  keepStored(KEY, elder);
  display.set(toDisplayView(elder, fontScale()));
}
