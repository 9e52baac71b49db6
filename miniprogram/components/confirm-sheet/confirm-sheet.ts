import { LIMITS } from '../../contract/limits';
import { toOneLine } from '../../contract/plain-text';
import type { FailureView } from '../../view/failure';
import type { Fact } from '../../view/voucher';

/**
 * Asks before something that cannot be taken back. With `reason-label` a reason must be typed.
 * Emits `confirm` ({ reason }), `cancel`, `dismiss` (of the refusal). What was typed stays while the sheet is open.
 */
export default Component({
  properties: {
    visible: { type: Boolean, value: false },
    title: { type: String, value: '' },
    text: { type: String, value: '' },
    facts: { type: Array, value: [] as Fact[] },
    reasonLabel: { type: String, value: '' },
    confirmText: { type: String, value: '确定' },
    cancelText: { type: String, value: '再想想' },
    kind: { type: String, value: 'main' as 'main' | 'danger' },
    busy: { type: Boolean, value: false },
    refusal: { type: Object, value: {} as FailureView },
  },

  data: { reason: '', reasonError: '', reasonCharsMax: LIMITS.remarkCharsMax },

  observers: {
    visible(visible: boolean) {
      if (visible) this.setData({ reason: '', reasonError: '' });
    },
  },

  methods: {
    onReasonChange({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ reason: detail.value, reasonError: '' });
    },
    onConfirm() {
      const reason = toOneLine(this.data.reason);
      if (this.data.reasonLabel && !reason)
        return this.setData({ reasonError: `请填写${this.data.reasonLabel}` });
      this.triggerEvent('confirm', { reason });
    },
    onCancel() {
      this.triggerEvent('cancel');
    },
    onDismiss() {
      this.triggerEvent('dismiss');
    },
    onVisibleChange({ detail }: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!detail.visible && !this.data.busy) this.triggerEvent('cancel');
    },
  },
});
