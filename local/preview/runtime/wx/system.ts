import { CAPSULE, NAVIGATION_BAR_PX, STATUS_BAR_PX } from '../pages/navigation-bar';
import { hostServices } from '../elements/host-services';
import { wxFunction, type WxMembers } from './call';
import type { PhoneContext } from './phone-context';

const BASE_FONT_PX = 17;
/** High, since TDesign chooses its ways by it. */
const SDK_VERSION = '3.8.0';
const HOME_INDICATOR_PX = 34;
export const APP_ID = 'wx0000000000000000';

function windowInfo({ stack }: PhoneContext): Record<string, unknown> {
  const isCustom = stack.top?.window.navigationStyle === 'custom';
  const { innerWidth, innerHeight } = window;
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: innerWidth,
    windowHeight: stack.top?.scroller.clientHeight ?? innerHeight - STATUS_BAR_PX - NAVIGATION_BAR_PX,
    statusBarHeight: STATUS_BAR_PX,
    screenTop: isCustom ? 0 : STATUS_BAR_PX + NAVIGATION_BAR_PX,
    safeArea: {
      left: 0,
      right: innerWidth,
      top: STATUS_BAR_PX,
      bottom: innerHeight - HOME_INDICATOR_PX,
      width: innerWidth,
      height: innerHeight - STATUS_BAR_PX - HOME_INDICATOR_PX,
    },
  };
}

const DEVICE = {
  abi: '',
  benchmarkLevel: 1,
  brand: 'preview',
  model: '预览手机',
  system: 'iOS 17.0',
  platform: 'devtools',
  cpuType: '',
  memorySize: '2048',
};

const appBaseInfo = ({ fontScale }: PhoneContext) => ({
  SDKVersion: SDK_VERSION,
  enableDebug: false,
  host: { env: 'WeChat' },
  language: 'zh_CN',
  version: '8.0.50',
  theme: 'light',
  fontSizeScaleFactor: fontScale,
  fontSizeSetting: Math.round(BASE_FONT_PX * fontScale),
});

const capsuleRect = () => {
  const { width, height, right, top } = CAPSULE;
  return {
    width,
    height,
    top,
    bottom: top + height,
    left: innerWidth - right - width,
    right: innerWidth - right,
  };
};

export function createSystemApi(context: PhoneContext): WxMembers {
  const systemInfo = () => ({ ...windowInfo(context), ...DEVICE, ...appBaseInfo(context) });
  return {
    env: { USER_DATA_PATH: 'wxfile://usr' },
    canIUse: () => true,
    nextTick: (callback: () => void) => queueMicrotask(callback),
    getWindowInfo: () => windowInfo(context),
    getDeviceInfo: () => DEVICE,
    getAppBaseInfo: () => appBaseInfo(context),
    getSystemInfoSync: systemInfo,
    getSystemInfo: wxFunction('getSystemInfo', systemInfo),
    getSystemSetting: () => ({ bluetoothEnabled: false, locationEnabled: true, wifiEnabled: true }),
    getAppAuthorizeSetting: () => ({ albumAuthorized: 'authorized', cameraAuthorized: 'authorized' }),
    getMenuButtonBoundingClientRect: capsuleRect,
    onMenuButtonBoundingClientRectWeightChange: () => undefined,
    offMenuButtonBoundingClientRectWeightChange: () => undefined,
    getAccountInfoSync: () => ({ miniProgram: { appId: APP_ID, envVersion: 'develop', version: '' } }),
    getUpdateManager: () => ({
      onCheckForUpdate: (listener: (answer: { hasUpdate: boolean }) => void) =>
        void setTimeout(() => listener({ hasUpdate: false })),
      onUpdateReady: () => undefined,
      onUpdateFailed: () => undefined,
      applyUpdate: () => undefined,
    }),
    onThemeChange: () => undefined,
    offThemeChange: () => undefined,
    onWindowResize: context.events.windowResize.on,
    offWindowResize: context.events.windowResize.off,
    reportEvent: () => undefined,
    reportAnalytics: () => undefined,
    getLogManager: () => console,
    getRealtimeLogManager: () => console,
    showShareMenu: wxFunction('showShareMenu', () => undefined),
    hideShareMenu: wxFunction('hideShareMenu', () => undefined),
    ...createAppApi(context),
  };
}

const createAppApi = ({ lifecycle, events }: PhoneContext): WxMembers => ({
  getLaunchOptionsSync: () => lifecycle.launchOptions,
  getEnterOptionsSync: () => lifecycle.enterOptions,
  onAppShow: events.appShow.on,
  offAppShow: events.appShow.off,
  onAppHide: events.appHide.on,
  offAppHide: events.appHide.off,
  onError: events.appError.on,
  offError: events.appError.off,
  onUnhandledRejection: events.rejection.on,
  offUnhandledRejection: events.rejection.off,
  onPageNotFound: () => undefined,
});

/** Pictures are named relative to the mini-program's root or to the component that shows them. */
export const toAssetUrl = (path: string, ownerId: string): string => {
  if (/^(https?:|data:|blob:|\/storage\/)/.test(path)) return path;
  const folder = path.startsWith('/') ? '' : ownerId.replace(/[^/]*$/, '');
  return new URL(`mp/${folder}${path.replace(/^\//, '')}`, location.href.split(/[?#]/)[0]).href;
};

/** For `previewImage` and the like. */
export const assetUrlOf = (path: string): string => hostServices().toAssetUrl(path, '');
