import type { StepLineView } from '../../view/history';

/** A history, newest step first. */
export default Component({
  properties: {
    lines: { type: Array, value: [] as StepLineView[] },
  },
});
