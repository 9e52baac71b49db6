import type { VoucherCardView } from '../../view/voucher';

/** One voucher of a list. Emits `open` with its url; `plain` when it leads nowhere. */
export default Component({
  properties: {
    card: { type: Object, value: {} as VoucherCardView },
    plain: { type: Boolean, value: false },
  },

  methods: {
    onTap() {
      if (!this.data.plain) this.triggerEvent('open', { url: (this.data.card as VoucherCardView).url });
    },
  },
});
