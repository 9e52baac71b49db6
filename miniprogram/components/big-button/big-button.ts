type Kind = 'main' | 'outline' | 'danger' | 'plain';

/**
 * The page's main action, or a lesser one (outline, plain). Emits `press`; while busy it takes no tap. With the open type
 * `agreePrivacyAuthorization`, for which WeChat asks the button's id, it emits `agree`.
 */
export default Component({
  properties: {
    text: { type: String, value: '' },
    kind: { type: String, value: 'main' as Kind },
    icon: { type: String, value: '' },
    busy: { type: Boolean, value: false },
    busyText: { type: String, value: '请稍候…' },
    disabled: { type: Boolean, value: false },
    openType: { type: String, value: '' },
    buttonId: { type: String, value: '' },
  },

  methods: {
    onAgree() {
      this.triggerEvent('agree');
    },
    onTap() {
      if (!this.data.busy && !this.data.disabled) this.triggerEvent('press');
    },
  },
});
