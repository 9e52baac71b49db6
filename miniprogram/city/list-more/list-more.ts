/** The end of a list: more to load, or nothing of this kind. Emits `more`. */
export default Component({
  properties: {
    hasMore: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
    /** Shown rows; with none, `none` is said instead. */
    count: { type: Number, value: 0 },
    none: { type: String, value: '' },
  },

  methods: {
    onMore() {
      this.triggerEvent('more');
    },
  },
});
