import jsQR from 'jsqr';
import type { Locator, Page } from 'playwright-core';

interface Pixels {
  width: number;
  height: number;
  /** RGBA, base64. */
  data: string;
}

/** @returns the text of the QR code in a picture taken of `target`; undefined when there is none to be read */
export async function readQrFrom(page: Page, target: Locator): Promise<string | undefined> {
  const { width, height, data } = await decodePng(page, await target.screenshot());
  return jsQR(new Uint8ClampedArray(Buffer.from(data, 'base64')), width, height)?.data;
}

/** The browser that took the picture also decodes it. */
const decodePng = (page: Page, png: Buffer): Promise<Pixels> =>
  page.evaluate<Pixels>(`(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), character => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const reader = new FileReader();
    const whenRead = new Promise(resolve => reader.addEventListener('load', resolve));
    reader.readAsDataURL(new Blob([context.getImageData(0, 0, width, height).data]));
    await whenRead;
    return { width, height, data: reader.result.split(',')[1] };
  })()`);
