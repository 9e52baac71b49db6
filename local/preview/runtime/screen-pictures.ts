import type { ScreenPicture } from '../shared/phone-link';

/** A code needs light around it to be found. */
const MARGIN_SHARE = 0.12;
/** A logo in the middle of a code is fine, a notice over most of it is not. */
const VISIBLE_POINTS_MIN = 3;
const SAMPLE_POINTS = [
  [0.5, 0.5],
  [0.2, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.8],
] as const;

/** The canvases and pictures that somebody who looks at the screen can see, largest first. */
export function picturesOnScreen(): ScreenPicture[] {
  return [...document.querySelectorAll<HTMLCanvasElement | HTMLImageElement>('canvas, wx-image > img')]
    .filter(isVisible)
    .sort((one, other) => areaOf(other) - areaOf(one))
    .flatMap(picture => toPicture(picture) ?? []);
}

const areaOf = (node: Element): number => {
  const { width, height } = node.getBoundingClientRect();
  return width * height;
};

function isVisible(node: Element): boolean {
  const { left, top, width, height } = node.getBoundingClientRect();
  if (width === 0 || height === 0) return false;
  const seen = SAMPLE_POINTS.filter(([x, y]) => {
    const front = document.elementFromPoint(left + width * x, top + height * y);
    return front === node || front?.contains(node);
  });
  return seen.length >= VISIBLE_POINTS_MIN;
}

function toPicture(source: HTMLCanvasElement | HTMLImageElement): ScreenPicture | undefined {
  const [width, height] =
    source instanceof HTMLImageElement
      ? [source.naturalWidth, source.naturalHeight]
      : [source.width, source.height];
  const margin = Math.ceil(width * MARGIN_SHARE);
  const canvas = document.createElement('canvas');
  canvas.width = width + 2 * margin;
  canvas.height = height + 2 * margin;
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return undefined;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, margin, margin);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { data, width: canvas.width, height: canvas.height };
}
