import type { JobProgressView } from '../../view/job';

/** How far a long job is, and why some of it was refused. The page polls and gives it the view. */
export default Component({
  properties: {
    job: { type: Object, value: {} as JobProgressView },
  },
});
