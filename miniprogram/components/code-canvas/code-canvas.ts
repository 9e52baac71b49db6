import { drawCode, type Pen } from './draw-code';

/** Enough pixels for crisp modules, few enough to redraw within 50 ms on an old phone. */
const PIXELS = 480;

interface CanvasNode {
  width: number;
  height: number;
  getContext(kind: '2d'): Pen;
}

/** The dynamic code as a QR picture; draws again whenever `text` changes. */
export default Component({
  properties: {
    text: { type: String, value: '' },
  },

  observers: {
    text() {
      this.draw();
    },
  },

  lifetimes: {
    ready() {
      this.draw();
    },
  },

  methods: {
    draw() {
      const { text } = this.data;
      if (!text) return;
      this.createSelectorQuery()
        .select('#code')
        .fields({ node: true })
        .exec((found: ({ node?: CanvasNode } | null)[]) => {
          const canvas = found[0]?.node;
          // Not laid out yet: `ready` draws.
          if (!canvas) return;
          if (canvas.width !== PIXELS) {
            canvas.width = PIXELS;
            canvas.height = PIXELS;
          }
          drawCode(canvas.getContext('2d'), PIXELS, text);
        });
    },
  },
});
