import { openPage } from '../../page-behaviour/navigate';

/** A line that leads somewhere. With `url` it navigates; without, it emits `open`. */
export default Component({
  properties: {
    title: { type: String, value: '' },
    note: { type: String, value: '' },
    value: { type: String, value: '' },
    url: { type: String, value: '' },
    /** A line above it: for all rows of a card but the first. */
    divided: { type: Boolean, value: false },
  },

  methods: {
    onClick() {
      if (this.data.url) void openPage(this.data.url);
      else this.triggerEvent('open');
    },
  },
});
