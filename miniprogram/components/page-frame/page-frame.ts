import type { PageState } from '../../page-behaviour/page-state';
import { display } from '../../phone/display';
import { privacyAsked, refusePrivacy } from '../../phone/privacy';
import { session, type Session } from '../../session/session';
import { dismissSignIn, signInState } from '../../session/sign-in';
import type { DisplayView } from '../../view/display';
import { toFailureView, type FailureView } from '../../view/failure';

const ENDED = toFailureView({ code: 'sign_in_ended' });
const MISSING: readonly Session['state'][] = ['signed_out', 'ended'];

/**
 * The outermost element of every page: elder mode and text size, loading / empty / failed, the notice of a refused action or
 * of a sign-in that has ended, the sheets for signing in and for consent. The page's content is the default slot; its one
 * main button goes into the slot `foot`.
 */
export default Component({
  options: { multipleSlots: true },

  properties: {
    state: { type: String, value: 'loading' as PageState },
    failure: { type: Object, value: {} as FailureView },
    refusal: { type: Object, value: {} as FailureView },
    asOf: { type: String, value: '' },
    emptyTitle: { type: String, value: '' },
    emptyText: { type: String, value: '' },
    emptyButton: { type: String, value: '' },
    hasFoot: { type: Boolean, value: false },
    hasTabs: { type: Boolean, value: false },
    /** Nobody needs to be signed in for this page, or it says so itself. */
    ownSignIn: { type: Boolean, value: false },
  },

  data: { elder: false, scaleStyle: '', shown: true, ended: false, endedView: ENDED },

  lifetimes: {
    attached() {
      const stopDisplay = display.observe(view => this.applyDisplay(view));
      let before = session.value.state;
      const stopSession = session.observe(({ state }) => {
        const ended = state === 'ended';
        if (ended !== this.data.ended) this.setData({ ended });
        // Whoever has just signed in wants what the page could not show or do; at the start nothing was refused yet.
        if (state === 'signed_in' && MISSING.includes(before) && this.data.shown)
          this.triggerEvent('signedin');
        before = state;
      });
      stops.set(this, [stopDisplay, stopSession]);
    },
    detached() {
      for (const stop of stops.get(this) ?? []) stop();
      stops.delete(this);
      if (this.data.shown) closeSheets();
    },
  },

  // Only the page in front asks to sign in.
  pageLifetimes: {
    show() {
      this.setData({ shown: true });
    },
    hide() {
      this.setData({ shown: false });
    },
  },

  methods: {
    applyDisplay({ elder, scaleStyle }: DisplayView) {
      if (elder !== this.data.elder || scaleStyle !== this.data.scaleStyle)
        this.setData({ elder, scaleStyle });
    },
    onRetry() {
      this.triggerEvent('retry');
    },
    onAgain() {
      this.triggerEvent('again');
    },
    onDismiss() {
      this.triggerEvent('dismiss');
    },
    onEmpty() {
      this.triggerEvent('empty');
    },
  },
});

/** Whoever leaves the page has answered: the page below must not go on asking. */
function closeSheets(): void {
  if (signInState.value.step === 'asking') dismissSignIn();
  if (privacyAsked.value) refusePrivacy();
}

const stops = new WeakMap<object, (() => void)[]>();
