import { showModal } from '../overlays/dialogs';
import { showToast } from '../overlays/toast';
import { wxFunction, type WxMembers } from './call';
import { createAudio } from './audio';
import { toNetworkStatus, type PhoneContext } from './phone-context';

const FLASH_MS = { short: 120, long: 400 } as const;

/** The phone as a thing: screen, vibration, sound, clipboard, network. */
export const createDeviceApi = (context: PhoneContext): WxMembers => ({
  ...createScreenApi(context),
  vibrateShort: wxFunction('vibrateShort', () => vibrate(context, false)),
  vibrateLong: wxFunction('vibrateLong', () => vibrate(context, true)),
  createInnerAudioContext: createAudio,
  setInnerAudioOption: wxFunction('setInnerAudioOption', () => undefined),
  setClipboardData: wxFunction<{ data: string }>('setClipboardData', ({ data }) => {
    context.state.clipboard = data;
    showToast({ title: '内容已复制' });
  }),
  getClipboardData: wxFunction('getClipboardData', () => ({ data: context.state.clipboard })),
  makePhoneCall: wxFunction<{ phoneNumber: string }>('makePhoneCall', async ({ phoneNumber }) => {
    await showModal({ title: '拨打电话', content: phoneNumber, confirmText: '呼叫' });
  }),
  getNetworkType: wxFunction('getNetworkType', () => toNetworkStatus(context.networkNow())),
  onNetworkStatusChange: context.events.network.on,
  offNetworkStatusChange: context.events.network.off,
  hideKeyboard: wxFunction('hideKeyboard', () => (document.activeElement as HTMLElement | null)?.blur()),
  onKeyboardHeightChange: () => undefined,
  offKeyboardHeightChange: () => undefined,
});

function createScreenApi(context: PhoneContext): WxMembers {
  const { state, shell, phoneId, events } = context;
  return {
    setScreenBrightness: wxFunction<{ value: number }>('setScreenBrightness', ({ value }) => {
      state.brightness = value < 0 ? DEFAULT_BRIGHTNESS : Math.min(1, value);
      shell?.showBrightness(phoneId, state.brightness);
    }),
    getScreenBrightness: wxFunction('getScreenBrightness', () => ({ value: state.brightness })),
    setKeepScreenOn: wxFunction('setKeepScreenOn', () => undefined),
    setVisualEffectOnCapture: wxFunction('setVisualEffectOnCapture', () => undefined),
    onUserCaptureScreen: events.screenshot.on,
    offUserCaptureScreen: events.screenshot.off,
  };
}

export const DEFAULT_BRIGHTNESS = 0.6;

function vibrate({ shell, phoneId }: PhoneContext, isLong: boolean): void {
  shell?.showVibration(phoneId, isLong);
  document.body.classList.add('wx-vibrating');
  setTimeout(() => document.body.classList.remove('wx-vibrating'), isLong ? FLASH_MS.long : FLASH_MS.short);
}
