import jsqr from 'jsqr';
import { drawCode, type Pen } from '../../miniprogram/components/code-canvas/draw-code';

const SIDE = 480;

/** All that a QR code asks of a canvas: filled rectangles. */
class Raster implements Pen {
  fillStyle: string | object = '#ffffff';
  readonly pixels = new Uint8ClampedArray(SIDE * SIDE * 4).fill(127);

  fillRect(x: number, y: number, width: number, height: number): void {
    const light = String(this.fillStyle).startsWith('#f') ? 255 : 0;
    for (let row = y; row < Math.min(y + height, SIDE); row++)
      for (let column = x; column < Math.min(x + width, SIDE); column++)
        this.pixels.set([light, light, light, 255], (row * SIDE + column) * 4);
  }
}

const drawn = (text: string): Raster => {
  const raster = new Raster();
  drawCode(raster, SIDE, text);
  return raster;
};

/** Shape of the real thing: version, reference, window, nonce, MAC. */
const CODE = 'SDV1.abcdefgh01234567.12a4bc5.x7y8z9w0.0123456789abcdef';

test.each([CODE, 'SDV1', `${CODE}${CODE}`])('%s is read back from its picture', text => {
  expect(jsqr(drawn(text).pixels, SIDE, SIDE)?.data).toBe(text);
});

test('a code drawn over another leaves nothing of it', () => {
  const raster = drawn(`${CODE}${CODE}`);

  drawCode(raster, SIDE, CODE);

  expect(jsqr(raster.pixels, SIDE, SIDE)?.data).toBe(CODE);
});

test('the picture has a quiet zone of four modules', () => {
  const { pixels } = drawn(CODE);
  const columns = Array.from({ length: SIDE * SIDE }, (_pixel, index) => index)
    .filter(index => pixels[index * 4] === 0)
    .map(index => index % SIDE);
  const left = columns.reduce((least, column) => Math.min(least, column), SIDE);
  // A dynamic code is of version 4.
  const moduleSide = (SIDE - 2 * left) / 33;

  expect(left).toBeGreaterThanOrEqual(4 * moduleSide);
});

test('drawing takes a fraction of a frame budget', () => {
  const startedMs = performance.now();
  for (let round = 0; round < 10; round++) drawCode({ fillStyle: '', fillRect: () => undefined }, SIDE, CODE);

  expect((performance.now() - startedMs) / 10).toBeLessThan(50);
});
