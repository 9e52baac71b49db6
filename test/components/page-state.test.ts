/** @jest-environment jsdom */
import { signInState } from '../../miniprogram/session/sign-in';
import { ACTION_TEXTS, toFailureView, type FailureCode } from '../../miniprogram/view/failure';
import { describeComponent } from './support/simulate';

describeComponent('components/page-state/page-state', render => {
  const fail = (code: FailureCode) => render({ state: 'failed', failure: toFailureView({ code }) });

  beforeEach(() => signInState.set({ step: 'idle' }));

  test('loading: shapes without words, and a screen reader hears that it loads', () => {
    const state = render({ state: 'loading' });

    expect(state.text).toBe('');
    expect(state.labels).toEqual(['正在加载']);
    expect(state.classed('t-skeleton')).toHaveLength(2);
  });

  test('ready: nothing', () => {
    const state = render({ state: 'ready' });

    expect(state.text).toBe('');
    expect(state.labels).toEqual([]);
  });

  test('empty: what there would be, and how it comes', () => {
    const state = render({ state: 'empty', emptyTitle: '还没有券', emptyText: '发放后会显示在这里' });

    expect(state.text).toBe('还没有券发放后会显示在这里');
    expect(state.labels).toEqual([]);
  });

  test('empty with a way on', async () => {
    const state = render({ state: 'empty', emptyTitle: '还没有班期', emptyButton: '新建班期' });
    const [presses, retries] = [state.listen('empty'), state.listen('retry')];

    await state.labelled('新建班期').tap();

    expect([presses.length, retries.length]).toEqual([1, 0]);
  });

  test('failed: what happened, and another try', async () => {
    const state = fail('offline');
    const retries = state.listen('retry');

    await state.labelled('再试一次').tap();

    expect(state.text).toContain('网络不通');
    expect(state.text).toContain(toFailureView({ code: 'offline' }).text);
    expect(retries).toHaveLength(1);
  });

  test('failed for good: the page can still be loaded anew', async () => {
    const state = fail('voucher_not_found');
    const retries = state.listen('retry');

    await state.labelled('重新加载').tap();

    expect(retries).toHaveLength(1);
  });

  test('signed out: signing in comes before another try', async () => {
    const state = fail('sign_in_required');
    const retries = state.listen('retry');

    await state.labelled(ACTION_TEXTS.sign_in).tap();

    expect(signInState.value.step).toBe('asking');
    expect(retries).toEqual([]);
  });

  test('from loading to failed: the shapes make room for the words', () => {
    const state = render({ state: 'loading' });

    state.set({ state: 'failed', failure: toFailureView({ code: 'offline' }) });

    expect(state.classed('t-skeleton')).toEqual([]);
    expect(state.labels).toEqual(['再试一次']);
  });
});
