import type { Choice } from '../field-row/field-row';

/** One of several filters, in a single line that moves sideways where it is too long. Emits `change` with { name, value }. */
export default Component({
  properties: {
    name: { type: String, value: '' },
    label: { type: String, value: '筛选' },
    choices: { type: Array, value: [] as Choice[] },
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
      if (id !== this.data.value) this.triggerEvent('change', { name: this.data.name, value: id });
    },
  },
});
