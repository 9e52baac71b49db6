import { createAnimation } from '../runtime/wx/animation';
import { failOnMissing, type WxMembers } from '../runtime/wx/call';

const WINDOW = {
  windowWidth: 375,
  windowHeight: 724,
  screenWidth: 375,
  screenHeight: 812,
  statusBarHeight: 44,
  screenTop: 88,
  pixelRatio: 2,
  safeArea: { left: 0, right: 375, top: 44, bottom: 778, width: 375, height: 734 },
};
const DEVICE = { platform: 'devtools', system: 'iOS 17.0', model: '预览手机', brand: 'preview' };
/** The version must be high: TDesign chooses its ways by it. */
const APP = {
  SDKVersion: '3.8.0',
  theme: 'light',
  language: 'zh_CN',
  fontSizeScaleFactor: 1,
  fontSizeSetting: 17,
};

/** What TDesign itself asks of `wx`; everything else is for the test to say. */
const baseMembers = (): WxMembers => ({
  env: { USER_DATA_PATH: 'wxfile://usr' },
  canIUse: () => true,
  createAnimation,
  nextTick: (callback: () => void) => queueMicrotask(callback),
  getWindowInfo: () => WINDOW,
  getDeviceInfo: () => DEVICE,
  getAppBaseInfo: () => APP,
  getSystemInfoSync: () => ({ ...WINDOW, ...DEVICE, ...APP }),
  getMenuButtonBoundingClientRect: () => ({
    width: 87,
    height: 32,
    top: 50,
    bottom: 82,
    left: 281,
    right: 368,
  }),
  onMenuButtonBoundingClientRectWeightChange: () => undefined,
  offMenuButtonBoundingClientRectWeightChange: () => undefined,
});

/**
 * Puts a `wx` in place for page tests. Members that neither TDesign nor the test needs throw when they are called, so that no
 * call goes unnoticed.
 */
export function installWx(members: WxMembers): WxMembers {
  const wx = failOnMissing('wx', { ...baseMembers(), ...members }, () => undefined);
  Object.assign(globalThis, { wx });
  return wx;
}
