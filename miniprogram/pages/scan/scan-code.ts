import { LIMITS } from '../../contract/limits';
import { describeForeignCode } from './foreign-code';

/** What the camera brought: a code of ours, another one, nothing (closed by the user), or no camera at all. */
export type Scanned =
  | { kind: 'code'; qrText: string }
  | { kind: 'foreign'; looks: string }
  | { kind: 'closed' }
  | { kind: 'no_camera' };

/**
 * Opens WeChat's scanner. From the camera only: a picture from the album is a forwarded code. What a foreign code says can be
 * personal, so it goes no further than this.
 */
export async function scanCode(): Promise<Scanned> {
  try {
    const { result } = await wx.scanCode({ onlyFromCamera: true, scanType: ['qrCode'] });
    // Longer texts are no code of ours.
    const qrText = result.slice(0, LIMITS.qrTextCharsMax);
    const looks = describeForeignCode(qrText);
    return looks === undefined ? { kind: 'code', qrText } : { kind: 'foreign', looks };
  } catch (error) {
    const { errMsg = '' } = error as { errMsg?: string };
    return { kind: /cancel/.test(errMsg) ? 'closed' : 'no_camera' };
  }
}

/** Said when the scanner does not open. */
export const NO_CAMERA = {
  title: '打不开相机',
  text: '没有打开相机。请在手机设置里允许微信使用相机，或改用“输入六位数字”。',
  action: 'none',
  actionText: '',
} as const;
