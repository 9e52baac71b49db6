import type { Tone } from '../../view/tones';

/** One record of a list: what it is, how it stands, the figures that tell it from its neighbours. */
export interface RecordRow {
  id: string;
  title: string;
  statusText: string;
  tone: Tone;
  lines: string[];
  /** The figure that is looked for first; empty when there is none. */
  figure: string;
  url: string;
}
