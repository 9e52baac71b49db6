import drawQrcode from 'weapp-qrcode';

/** What drawing needs of a 2d canvas context. */
export interface Pen {
  fillStyle: string | object;
  fillRect(x: number, y: number, width: number, height: number): void;
}

/** Level M: a cracked screen still reads, and the picture stays coarse enough for an old camera. */
const LEVEL_M = 0;
/** White border: 4 modules of a dynamic code (version 4, 33 modules) as a share of the side, 4 / (33 + 8). */
const QUIET_SHARE = 0.098;

/**
 * weapp-qrcode draws on the context of the old canvas only; this stands in for it. It must be a class instance: the library
 * makes a deep copy of plain objects.
 */
class LegacyContext {
  readonly #pen: Pen;

  constructor(pen: Pen) {
    this.#pen = pen;
  }

  setFillStyle(style: string): void {
    this.#pen.fillStyle = style;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#pen.fillRect(x, y, width, height);
  }

  draw(_keep: boolean, done?: () => void): void {
    done?.();
  }
}

/** Draws `text` as a QR code with a quiet zone over a square of `side` pixels. */
export function drawCode(pen: Pen, side: number, text: string): void {
  const margin = Math.ceil(side * QUIET_SHARE);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, side, side);
  drawQrcode({
    ctx: new LegacyContext(pen),
    x: margin,
    y: margin,
    width: side - 2 * margin,
    height: side - 2 * margin,
    text,
    correctLevel: LEVEL_M,
  });
}
