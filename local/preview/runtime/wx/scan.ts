import jsQR from 'jsqr';
import type { ScreenPicture } from '../../shared/phone-link';
import { showScanner } from '../overlays/scanner';
import { ApiFailure, wxFunction, type WxMembers } from './call';
import type { PhoneContext } from './phone-context';

interface ScanOptions {
  onlyFromCamera?: boolean;
  scanType?: string[];
}

/** wx.scanCode: the viewfinder can be pointed at the screens of the other phones. */
export const createScanApi = (context: PhoneContext): WxMembers => ({
  scanCode: wxFunction<ScanOptions>('scanCode', async ({ onlyFromCamera = false }) => {
    const { nextScan } = context.hooks;
    delete context.hooks.nextScan;
    const result = nextScan ?? (await scan(context, onlyFromCamera));
    if (result === undefined) throw new ApiFailure('cancel');
    return {
      result,
      scanType: 'QR_CODE',
      charSet: 'UTF-8',
      path: '',
      rawData: btoa(unescape(encodeURIComponent(result))),
    };
  }),
});

function scan({ shell, phoneId }: PhoneContext, onlyFromCamera: boolean): Promise<string | undefined> {
  return showScanner({
    phones: shell?.listOtherPhones(phoneId) ?? [],
    allowsAlbum: !onlyFromCamera,
    look: id => decodeFirst(shell?.lookAt(id) ?? []),
    decodeFile,
  });
}

const decode = ({ data, width, height }: ScreenPicture): string | undefined =>
  jsQR(data, width, height)?.data || undefined;

function decodeFirst(pictures: readonly ScreenPicture[]): string | undefined {
  for (const picture of pictures) {
    const text = decode(picture);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A picture from the album. */
async function decodeFile(file: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.drawImage(bitmap, 0, 0);
  return decode(context.getImageData(0, 0, bitmap.width, bitmap.height));
}
