/// <reference types="miniprogram-api-typings" />
import drawQrcode from 'weapp-qrcode';

interface FoundCanvas {
  node: WechatMiniprogram.Canvas;
  width: number;
}

/** The generator speaks only the old drawing interface; it copies plain objects, so this is a class. */
class OldContext {
  constructor(private readonly context: WechatMiniprogram.CanvasRenderingContext.CanvasRenderingContext2D) {}

  setFillStyle(style: string) {
    this.context.fillStyle = style;
  }

  fillRect(x: number, y: number, width: number, height: number) {
    this.context.fillRect(x, y, width, height);
  }

  draw(_keep: boolean, done?: () => void) {
    done?.();
  }
}

Page({
  data: { covered: false },
  onReady() {
    drawQrcode({ ctx: wx.createCanvasContext('old'), width: 120, height: 120, text: 'OLD:canvas' });
    wx.createSelectorQuery()
      .select('#pass')
      .fields({ node: true, size: true })
      .exec(([{ node, width }]: [FoundCanvas]) => {
        const context = node.getContext('2d');
        node.width = width * 2;
        node.height = width * 2;
        context.scale(2, 2);
        context.fillStyle = '#fff';
        context.fillRect(0, 0, width, width);
        const edge = width * 0.14;
        const inner = width - 2 * edge;
        drawQrcode({
          ctx: new OldContext(context),
          x: edge,
          y: edge,
          width: inner,
          height: inner,
          text: 'PASS:演示-1',
        });
      });
  },
  onShow() {
    void wx.setScreenBrightness({ value: 1 });
  },
  onCoverTap() {
    this.setData({ covered: true });
  },
});
