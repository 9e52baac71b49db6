import type { FrameworkElement } from '../framework/glass-easel';
import { flag, text, type ElementDefinition } from './element-definition';

const canvases = new WeakMap<FrameworkElement, HTMLCanvasElement>();
const byCanvasId = new Map<string, HTMLCanvasElement>();

export const canvasOf = (element: FrameworkElement): HTMLCanvasElement | undefined => canvases.get(element);

/** A canvas of the old interface, found by its `canvas-id`. */
export const findCanvas = (canvasId: string): HTMLCanvasElement | undefined => byCanvasId.get(canvasId);

/** WeChat's canvas node also makes pictures and paces drawing. */
function addNodeMethods(canvas: HTMLCanvasElement): void {
  Object.assign(canvas, {
    createImage: () => new Image(),
    requestAnimationFrame: (callback: () => void) => requestAnimationFrame(callback),
    cancelAnimationFrame: (handle: number) => cancelAnimationFrame(handle),
  });
}

export const canvas: ElementDefinition = {
  properties: { type: text(), canvasId: text(), disableScroll: flag() },
  setUp({ instance, node, string }) {
    const element = document.createElement('canvas');
    addNodeMethods(element);
    node.append(element);
    canvases.set(instance._$, element);
    setTimeout(() => {
      if (string('type') === '2d') return;
      element.width = node.clientWidth * devicePixelRatio;
      element.height = node.clientHeight * devicePixelRatio;
      element.getContext('2d')?.scale(devicePixelRatio, devicePixelRatio);
    });
    let canvasId = '';
    return {
      onChanged: name => {
        if (name !== 'canvasId') return;
        canvasId = string('canvasId');
        byCanvasId.set(canvasId, element);
      },
      onDetached: () => {
        if (byCanvasId.get(canvasId) === element) byCanvasId.delete(canvasId);
      },
    };
  },
};
