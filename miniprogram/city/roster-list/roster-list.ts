import type { RosterRow } from '../view/classes';

/** People of a roster, masked. With `removable`, those without a voucher can be taken off: emits `remove` with { id, name }. */
export default Component({
  properties: {
    rows: { type: Array, value: [] as RosterRow[] },
    removable: { type: Boolean, value: false },
  },

  methods: {
    onRemoveTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.triggerEvent('remove', currentTarget.dataset as { id: string; name: string });
    },
  },
});
