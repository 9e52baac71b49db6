import { findCanvas } from '../elements/canvas';
import { ApiFailure, wxFunction, type WxMembers } from './call';
import { keepFile } from './temporary-files';

type Draw = (context: CanvasRenderingContext2D) => void;

/**
 * The old drawing context, which keeps its calls until `draw()`: enough for libraries that know no other, such as the QR code
 * generator.
 */
class LegacyCanvasContext {
  private readonly pending: Draw[] = [];

  constructor(private readonly canvasId: string) {}

  setFillStyle(style: string): void {
    this.pending.push(context => (context.fillStyle = style));
  }

  setStrokeStyle(style: string): void {
    this.pending.push(context => (context.strokeStyle = style));
  }

  setLineWidth(width: number): void {
    this.pending.push(context => (context.lineWidth = width));
  }

  setFontSize(px: number): void {
    this.pending.push(context => (context.font = `${px}px sans-serif`));
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.pending.push(context => context.fillRect(x, y, width, height));
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    this.pending.push(context => context.clearRect(x, y, width, height));
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.pending.push(context => context.strokeRect(x, y, width, height));
  }

  fillText(text: string, x: number, y: number): void {
    this.pending.push(context => context.fillText(text, x, y));
  }

  save(): void {
    this.pending.push(context => context.save());
  }

  restore(): void {
    this.pending.push(context => context.restore());
  }

  /** Later, as in WeChat: the canvas may have been laid out only just now. */
  draw(keep: boolean | (() => void) = false, done?: () => void): void {
    setTimeout(() => {
      const canvas = findCanvas(this.canvasId);
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return;
      if (keep !== true) context.clearRect(0, 0, canvas.width, canvas.height);
      for (const draw of this.pending.splice(0)) draw(context);
      (typeof keep === 'function' ? keep : done)?.();
    }, DRAW_DELAY_MS);
  }
}

const DRAW_DELAY_MS = 20;

interface ExportOptions {
  canvas?: HTMLCanvasElement;
  canvasId?: string;
  fileType?: 'jpg' | 'png';
}

export const createCanvasApi = (): WxMembers => ({
  createCanvasContext: (canvasId: string) => new LegacyCanvasContext(canvasId),
  canvasToTempFilePath: wxFunction<ExportOptions>('canvasToTempFilePath', async options => {
    const canvas = options.canvas ?? findCanvas(options.canvasId ?? '');
    if (!canvas) throw new ApiFailure('canvas is not found');
    const type = options.fileType === 'jpg' ? 'image/jpeg' : 'image/png';
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, type));
    if (!blob) throw new ApiFailure('canvas is empty');
    return { tempFilePath: keepFile(blob, `canvas.${options.fileType ?? 'png'}`) };
  }),
});
