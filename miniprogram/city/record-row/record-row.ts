import { openPage } from '../../page-behaviour/navigate';
import type { RecordRow } from '../view/record-row';

/** One record of a list; leads to it. */
export default Component({
  properties: {
    row: { type: Object, value: {} as RecordRow },
  },

  methods: {
    onTap() {
      void openPage((this.data.row as RecordRow).url);
    },
  },
});
