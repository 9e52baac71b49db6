/** @jest-environment jsdom */
import { signInState } from '../../miniprogram/session/sign-in';
import { ACTION_TEXTS, toFailureView, type FailureCode } from '../../miniprogram/view/failure';
import { describeComponent } from './support/simulate';

describeComponent('components/refusal-notice/refusal-notice', render => {
  const show = (code: FailureCode) => render({ failure: toFailureView({ code }) });

  beforeEach(() => signInState.set({ step: 'idle' }));

  test.each([undefined, null, {}])('no refusal (%p): no notice', failure => {
    const notice = render({ failure });

    expect(notice.text).toBe('');
    expect(notice.classed('notice')).toEqual([]);
  });

  test('says what happened, to a screen reader at once', () => {
    const notice = show('voucher_not_found');

    expect(notice.text).toContain(toFailureView({ code: 'voucher_not_found' }).text);
    expect(notice.classed('notice')[0]?.attributes).toMatchObject({
      ariaRole: 'alert',
      ariaLive: 'assertive',
    });
  });

  test('what would be refused again offers nothing but to be closed', () => {
    const notice = show('voucher_not_found');

    expect(notice.labels).toEqual(['收起提示']);
    expect(notice.classed('again')).toEqual([]);
  });

  test('what may pass offers the same once more, and goes away', async () => {
    const notice = show('offline');
    const [again, dismissals] = [notice.listen('again'), notice.listen('dismiss')];

    await notice.labelled('再试一次').tap();

    expect([again.length, dismissals.length]).toEqual([1, 1]);
    expect(signInState.value.step).toBe('idle');
  });

  test('an ended sign-in asks to sign in instead of trying again', async () => {
    const notice = show('sign_in_required');
    const [again, dismissals] = [notice.listen('again'), notice.listen('dismiss')];

    await notice.labelled(ACTION_TEXTS.sign_in).tap();

    expect(signInState.value.step).toBe('asking');
    expect([again.length, dismissals.length]).toEqual([0, 1]);
  });

  test('one that lasts as long as its cause cannot be put away', () => {
    const notice = render({ failure: toFailureView({ code: 'sign_in_ended' }), lasting: true });

    expect(notice.labels).toEqual([ACTION_TEXTS.sign_in]);
  });

  test('closing it only dismisses', async () => {
    const notice = show('offline');
    const [again, dismissals] = [notice.listen('again'), notice.listen('dismiss')];

    await notice.labelled('收起提示').tap();

    expect([again.length, dismissals.length]).toEqual([0, 1]);
  });

  test('goes when its page has taken the refusal away', () => {
    const notice = show('offline');

    notice.set({ failure: null });

    expect(notice.text).toBe('');
  });
});
