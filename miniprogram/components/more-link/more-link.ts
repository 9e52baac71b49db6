/** The end of a list: a way to its next page. Emits `more`. */
export default Component({
  properties: {
    shown: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
  },

  methods: {
    onTap() {
      if (!this.data.loading) this.triggerEvent('more');
    },
  },
});
