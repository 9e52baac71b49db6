/** The end of a list: a way to its next page, or that there is nothing of the kind. Emits `more`. */
export default Component({
  properties: {
    hasMore: { type: Boolean, value: false },
    /** The next rows will take the place of those above. */
    full: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
    /** Said when there is nothing. */
    none: { type: String, value: '' },
  },

  methods: {
    onTap() {
      if (!this.data.loading) this.triggerEvent('more');
    },
  },
});
