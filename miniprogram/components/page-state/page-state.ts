import type { PageState } from '../../page-behaviour/page-state';
import { askToSignIn } from '../../session/sign-in';
import type { FailureView } from '../../view/failure';

/** What a page shows while it has no content: loading, nothing there, or failed with a way on. */
export default Component({
  properties: {
    state: { type: String, value: 'loading' as PageState },
    failure: { type: Object, value: {} as FailureView },
    emptyTitle: { type: String, value: '' },
    emptyText: { type: String, value: '' },
    emptyButton: { type: String, value: '' },
  },

  data: { skeletonCards: ['first', 'second'] },

  methods: {
    onFailedPress() {
      const { action } = this.data.failure;
      if (action === 'sign_in') askToSignIn();
      else this.triggerEvent('retry');
    },
    onEmptyPress() {
      this.triggerEvent('empty');
    },
  },
});
