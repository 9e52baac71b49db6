import type { Choice } from '../field-row/field-row';

/** One of a few filters. Emits `change` with { id } when another one is chosen. */
export default Component({
  properties: {
    label: { type: String, value: '筛选' },
    choices: { type: Array, value: [] as Choice[] },
    value: { type: String, value: '' },
  },

  methods: {
    onTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { id } = currentTarget.dataset as { id: string };
      if (id !== this.data.value) this.triggerEvent('change', { id });
    },
  },
});
