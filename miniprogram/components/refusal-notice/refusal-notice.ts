import { askToSignIn } from '../../session/sign-in';
import type { FailureView } from '../../view/failure';

/** Says what happened and what to do. Emits `again` (send the same once more) and `dismiss`. */
export default Component({
  properties: {
    failure: { type: Object, value: {} as FailureView },
    /** It goes with its cause, and cannot be put away. */
    lasting: { type: Boolean, value: false },
  },

  methods: {
    onAct() {
      const { action } = this.data.failure;
      this.triggerEvent('dismiss');
      if (action === 'sign_in') askToSignIn();
      else this.triggerEvent('again');
    },
    onClose() {
      this.triggerEvent('dismiss');
    },
  },
});
