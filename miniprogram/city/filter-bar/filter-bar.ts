import type { Filter } from '../view/record-row';

/** One of several states to show; a single line that moves sideways. Emits `pick` with { id }. */
export default Component({
  properties: {
    label: { type: String, value: '' },
    filters: { type: Array, value: [] as Filter[] },
    value: { type: String, value: '' },
  },

  data: { shownId: '' },

  observers: {
    value() {
      if (this.data.shownId !== '') this.reveal();
    },
  },

  lifetimes: {
    ready() {
      this.reveal();
    },
  },

  methods: {
    /** The chosen one may lie beyond the edge. Only what is laid out can be scrolled to. */
    reveal() {
      this.setData({ shownId: `filter-${this.data.value}` });
    },
    onTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { id } = currentTarget.dataset as { id: string };
      if (id !== this.data.value) this.triggerEvent('pick', { id });
    },
  },
});
