/** Size of text in elder mode (长辈版): 14 px, the smallest text, becomes 18.2 px. */
const ELDER_SCALE = 1.3;
/** Beyond this a phone in portrait has no room for a sentence in a line. */
const SCALE_MAX = 1.8;

export interface DisplayView {
  elder: boolean;
  /** Style of the page's outermost element; empty when the style sheet's own sizes are right. */
  scaleStyle: string;
}

/** Elder mode and WeChat's own font setting together: the larger of both counts. */
export function toDisplayView(elder: boolean, fontSizeScaleFactor = 1): DisplayView {
  const base = elder ? ELDER_SCALE : 1;
  const wanted = Math.min(Math.max(base, fontSizeScaleFactor), SCALE_MAX);
  return { elder, scaleStyle: wanted > base ? `--scale: ${Math.round(wanted * 100) / 100}` : '' };
}
