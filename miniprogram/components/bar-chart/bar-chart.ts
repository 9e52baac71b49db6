import type { Tone } from '../../view/tones';

export interface Bar {
  label: string;
  /** The exact figure, with its unit: it is also what a screen reader says. */
  value: string;
  /** 0 to 100. */
  percent: number;
  /** A line across the bar: a target. */
  markPercent?: number;
  tone?: Tone;
}

/** Lengths to compare, each with its exact figure beside it. */
export default Component({
  properties: {
    label: { type: String, value: '' },
    bars: { type: Array, value: [] as Bar[] },
  },
});
