/// <reference lib="dom" />
/** What the bench of the pages runs in the phone's window. Each function is sent as text and stands alone. */

interface Instance {
  data: { state?: string; result?: { kind?: string } };
  setData(changes: object): void;
}

type MeasuredWindow = Window &
  typeof globalThis & {
    largestSetData: number;
    previewHooks?: { nextScan?: string };
    getCurrentPages: () => Instance[];
  };

/** From now on every setData is weighed, of pages and components alike. */
export function weighSetData(): void {
  const measured = window as unknown as MeasuredWindow;
  measured.largestSetData = 0;
  let owner: object | null = measured.getCurrentPages().at(-1) ?? null;
  while (owner && !Object.hasOwn(owner, 'setData')) owner = Object.getPrototypeOf(owner) as object | null;
  if (!owner) throw new Error('nothing has a setData');
  const target = owner as Instance;
  const plain = target.setData;
  target.setData = function (this: Instance, changes: object) {
    const bytes = new TextEncoder().encode(JSON.stringify(changes)).length;
    measured.largestSetData = Math.max(measured.largestSetData, bytes);
    plain.call(this, changes);
  };
}

/** @returns what the page open now has cost: bytes of its largest setData, and its nodes. */
export function readWeights(): { setDataBytes: number; nodes: number } {
  const measured = window as unknown as MeasuredWindow;
  const page = document.querySelector('wx-page:not([hidden])');
  const weights = {
    setDataBytes: measured.largestSetData,
    nodes: page?.querySelectorAll('*').length ?? 0,
  };
  measured.largestSetData = 0;
  return weights;
}

/** Scans `qrText` on the page in front. @returns how long it took until the answer was shown */
export async function timeScan(qrText: string): Promise<number> {
  const measured = window as unknown as MeasuredWindow;
  measured.previewHooks = Object.assign(measured.previewHooks ?? {}, { nextScan: qrText });
  const button = [...document.querySelectorAll<HTMLElement>('wx-page:not([hidden]) [role="button"]')].find(
    node => node.getAttribute('aria-label')?.startsWith('扫一扫'),
  );
  const startedMs = performance.now();
  button?.click();
  const isShown = (): boolean => measured.getCurrentPages().at(-1)?.data.result?.kind === 'accepted';
  while (!isShown()) {
    if (performance.now() - startedMs > 20_000) throw new Error('the scan was not accepted');
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
  return performance.now() - startedMs;
}

/** Draws the code of the page in front again and again. @returns how long each drawing took */
export async function timeCodeDrawing(times: number): Promise<number[]> {
  const host = document.querySelector('wx-page:not([hidden]) wx-code-canvas') as
    (Element & { __wxElement: { getMethodCaller(): { draw(): void } } }) | null;
  if (!host) throw new Error('there is no code on this page');
  const { prototype } = CanvasRenderingContext2D;
  const fill = prototype.fillRect;
  const drawings: number[] = [];
  let lastMs = 0;
  prototype.fillRect = function (...area) {
    fill.apply(this, area);
    lastMs = performance.now();
  };
  for (let i = 0; i < times; i++) {
    const startedMs = performance.now();
    host.__wxElement.getMethodCaller().draw();
    await new Promise(resolve => setTimeout(resolve, 0));
    drawings.push(lastMs - startedMs);
  }
  prototype.fillRect = fill;
  return drawings;
}
