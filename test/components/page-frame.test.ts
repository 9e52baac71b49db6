/** @jest-environment jsdom */
import { display } from '../../miniprogram/phone/display';
import { session } from '../../miniprogram/session/session';
import { askToSignIn, signInState } from '../../miniprogram/session/sign-in';
import { toDisplayView } from '../../miniprogram/view/display';
import { toFailureView } from '../../miniprogram/view/failure';
import { describeComponent } from './support/simulate';

const ACCOUNT = {
  name: '张*三',
  grants: [],
  consentVersion: '2026-11-01',
  signedInUntilMs: 4_000_000_000_000,
};
const AGREE = '同意并登录';

describeComponent('components/page-frame/page-frame', (render, renderAround) => {
  const offline = toFailureView({ code: 'offline' });

  beforeEach(() => {
    display.set(toDisplayView(false));
    session.set({ state: 'unknown' });
    signInState.set({ step: 'idle' });
  });

  describe('content', () => {
    const page = (attributes: string) =>
      renderAround(`<page-frame ${attributes}><view>内容</view><view slot="foot">提交</view></page-frame>`);

    test('ready: the page and its main button', () => {
      const frame = page('state="ready" has-foot="{{true}}"');

      expect(frame.text).toBe('内容提交');
      expect(frame.classed('foot').map(({ text }) => text)).toEqual(['提交']);
    });

    test('ready without a main button: no bar for it', () => {
      const frame = page('state="ready"');

      expect(frame.text).toBe('内容');
      expect(frame.classed('foot')).toEqual([]);
    });

    test('no main button beside a refusal while there is no content to act on', () => {
      const frame = page('state="failed" has-foot="{{true}}" refusal="{{refusal}}"');

      frame.set({ refusal: offline });

      expect(frame.classed('foot')[0]?.text).toContain(offline.text);
      expect(frame.text).not.toContain('提交');
    });

    test.each(['loading', 'failed', 'empty'])('%s: neither content nor main button', state => {
      expect(page(`state="${state}" has-foot="{{true}}"`).text).not.toMatch(/内容|提交/);
    });
  });

  test('loading at first', () => {
    expect(render().labels).toEqual(['正在加载']);
  });

  test('failed: the reason, and another try that the page hears of', async () => {
    const frame = render({ state: 'failed', failure: offline });
    const retries = frame.listen('retry');

    await frame.labelled('再试一次').tap();

    expect(frame.text).toContain(offline.text);
    expect(retries).toHaveLength(1);
  });

  test('empty: the page’s words and button', async () => {
    const frame = render({
      state: 'empty',
      emptyTitle: '还没有班期',
      emptyText: '新建后等待审核',
      emptyButton: '新建班期',
    });
    const presses = frame.listen('empty');

    await frame.labelled('新建班期').tap();

    expect(frame.text).toBe('还没有班期新建后等待审核新建班期');
    expect(presses).toHaveLength(1);
  });

  test('a refused action is said above the main button, and can be tried again', async () => {
    const frame = render({ state: 'ready', hasFoot: true, refusal: offline });
    const [again, dismissals, retries] = [
      frame.listen('again'),
      frame.listen('dismiss'),
      frame.listen('retry'),
    ];

    await frame.labelled('再试一次').tap();

    expect(frame.classed('foot')[0]?.text).toContain(offline.text);
    expect([again.length, dismissals.length, retries.length]).toEqual([1, 1, 0]);
  });

  test('a refusal needs no main button to be shown, and is dismissed', async () => {
    const frame = render({ state: 'ready', refusal: toFailureView({ code: 'voucher_not_found' }) });
    const [again, dismissals] = [frame.listen('again'), frame.listen('dismiss')];

    await frame.labelled('收起提示').tap();

    expect([again.length, dismissals.length]).toEqual([0, 1]);
    frame.set({ refusal: null });
    expect(frame.classed('foot')).toEqual([]);
  });

  test('stands above the tabs on a tab page', () => {
    const frame = render({ state: 'ready', hasFoot: true, hasTabs: true });

    expect([frame.classed('above-tabs').length, frame.classed('over-tabs').length]).toEqual([1, 1]);
  });

  test('elder mode and text size reach the page, at once and later', () => {
    display.set(toDisplayView(true, 1.6));
    const frame = render({ state: 'ready' });
    expect(frame.classed('elder')[0]?.attributes['style']).toBe('--scale: 1.6');

    display.set(toDisplayView(false));

    expect(frame.classed('elder')).toEqual([]);
    expect(frame.classed('page')[0]?.attributes['style']).toBe('');
  });

  describe('a sign-in that has ended', () => {
    const ended = toFailureView({ code: 'sign_in_ended' });
    const end = () => session.set({ state: 'ended', account: ACCOUNT });

    test.each(['ready', 'empty'])('is said on the page, %s, with the way to sign in', async state => {
      const frame = render({ state });
      expect(frame.text).not.toContain(ended.text);

      end();
      expect(frame.classed('foot')[0]?.text).toContain(ended.text);
      await frame.labelled(ended.actionText).tap();

      expect(signInState.value.step).toBe('asking');
      // Whoever does not sign in now can still do so later.
      expect(frame.text).toContain(ended.text);
    });

    test('is said no more after the next one', () => {
      end();
      const frame = render({ state: 'ready' });

      session.set({ state: 'signed_in', account: ACCOUNT });

      expect(frame.text).not.toContain(ended.text);
      expect(frame.classed('foot')).toEqual([]);
    });

    test('is said once: in place of the page’s content, or as what was refused', () => {
      end();
      const [failed, refused] = [
        render({ state: 'failed', failure: ended }),
        render({ state: 'ready', refusal: ended }),
      ];

      for (const frame of [failed, refused]) expect(frame.text.split(ended.text)).toHaveLength(2);
    });

    test('is left to a page that says so itself', () => {
      end();

      expect(render({ state: 'ready', ownSignIn: true }).text).not.toContain(ended.text);
    });
  });

  describe('signing in', () => {
    test('the sheet opens on the page in front only', () => {
      const [front, behind] = [render({ state: 'ready' }), render({ state: 'ready' })];
      behind.page('hide');

      askToSignIn();

      expect(front.labels).toContain(AGREE);
      expect(behind.labels).not.toContain(AGREE);
    });

    test('coming back to the front, a page has its sheet again', () => {
      const frame = render({ state: 'ready' });
      frame.page('hide');
      frame.page('show');

      askToSignIn();

      expect(frame.labels).toContain(AGREE);
    });

    test('whoever signs in is told to the page, once', () => {
      session.set({ state: 'signed_out' });
      const frame = render({ state: 'failed' });
      const signedIn = frame.listen('signedin');

      session.set({ state: 'signed_in', account: ACCOUNT });
      session.set({ state: 'signed_in', account: { ...ACCOUNT, name: '张*四' } });

      expect(signedIn).toHaveLength(1);
    });

    test('whoever signs in again after the sign-in had ended is told to the page', () => {
      session.set({ state: 'ended', account: ACCOUNT });
      const frame = render({ state: 'ready' });
      const signedIn = frame.listen('signedin');

      session.set({ state: 'signed_in', account: ACCOUNT });

      expect(signedIn).toHaveLength(1);
    });

    test('learning at the start who is signed in is no signing in', () => {
      const frame = render({ state: 'ready' });
      const signedIn = frame.listen('signedin');

      session.set({ state: 'signed_in', account: ACCOUNT });

      expect(signedIn).toEqual([]);
    });

    test('a page behind another does not act on it', () => {
      session.set({ state: 'signed_out' });
      const frame = render({ state: 'ready' });
      const signedIn = frame.listen('signedin');
      frame.page('hide');

      session.set({ state: 'signed_in', account: ACCOUNT });
      frame.page('show');

      expect(signedIn).toEqual([]);
    });

    test('who leaves the page is not asked on the next one, unless the e-SSC is at work', () => {
      const asking = render({ state: 'ready' });
      askToSignIn();
      asking.detach();
      const afterAsking = signInState.value.step;
      const opening = render({ state: 'ready' });
      signInState.set({ step: 'opening' });
      opening.detach();

      expect(afterAsking).toBe('idle');
      expect(signInState.value.step).toBe('opening');
    });

    test('a page behind another leaves the sheet of that one alone', () => {
      const frame = render({ state: 'ready' });
      frame.page('hide');
      askToSignIn();

      frame.detach();

      expect(signInState.value.step).toBe('asking');
    });

    test('a page that is gone hears nothing', () => {
      session.set({ state: 'signed_out' });
      const frame = render({ state: 'ready' });
      const signedIn = frame.listen('signedin');

      frame.detach();
      session.set({ state: 'signed_in', account: ACCOUNT });

      expect(signedIn).toEqual([]);
    });
  });
});
