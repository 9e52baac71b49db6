/** @jest-environment jsdom */
import { installWx } from '../../local/preview/harness/base-wx';
import type { Grant } from '../../miniprogram/contract/roles';
import { display } from '../../miniprogram/phone/display';
import { session } from '../../miniprogram/session/session';
import { toDisplayView } from '../../miniprogram/view/display';
import { describeComponent } from './support/simulate';
import { branded } from '../support/branded';

const ADMINISTRATOR = branded<Grant>({
  role: 'administrator',
  cityCode: '3701',
  institutionId: 'institution-1',
});
const CLERK: Grant = { role: 'clerk', cityCode: '3701' };

const signIn = (...grants: Grant[]): void =>
  session.set({
    state: 'signed_in',
    account: { name: '张*三', grants, consentVersion: '2026-11-01', signedInUntilMs: 4_000_000_000_000 },
  });

describeComponent('custom-tab-bar/index', render => {
  const switchTab = jest.fn((_target: { url: string }) => Promise.resolve());
  const stand = (route: string): void => {
    Object.assign(globalThis, { getCurrentPages: () => [{ route }] });
  };

  beforeEach(() => {
    switchTab.mockClear();
    installWx({ switchTab });
    stand('pages/home/home');
    session.set({ state: 'signed_out' });
    display.set(toDisplayView(false));
  });

  const tabs = (...names: string[]): string[] => ['主要页面', ...names];

  test('signed out: what a worker has', () => {
    expect(render().labels).toEqual(tabs('首页', '我的券', '我的'));
  });

  test.each<[string, Grant[], string[]]>([
    ['a worker', [], ['首页', '我的券', '我的']],
    ['an administrator', [ADMINISTRATOR], ['首页', '我的券', '扫码', '班期', '我的']],
    ['a clerk', [CLERK], ['首页', '我的券', '管理', '我的']],
    ['the province', [{ role: 'province' }], ['首页', '我的券', '管理', '我的']],
    ['both', [ADMINISTRATOR, CLERK], ['首页', '我的券', '扫码', '工作', '我的']],
  ])('%s has the tabs of the role', (_who, grants, names) => {
    signIn(...grants);

    expect(render().labels).toEqual(tabs(...names));
  });

  test('tabs come and go with the role', () => {
    const bar = render();

    signIn(ADMINISTRATOR);
    expect(bar.labels).toContain('扫码');
    session.set({ state: 'signed_out' });

    expect(bar.labels).toEqual(tabs('首页', '我的券', '我的'));
  });

  test('the page in front is marked, by its icon and for a screen reader, and it alone', () => {
    stand('pages/vouchers/vouchers');
    const bar = render();

    expect(bar.classed('on').map(({ text }) => text)).toEqual(['我的券']);
    expect(bar.labelled('我的券').attributes['ariaSelected']).toBe(true);
    expect(bar.labelled('首页').attributes['ariaSelected']).toBe(false);
    expect(bar.classed('picture').map(({ attributes }) => attributes['src'])).toEqual([
      '/assets/icons/tab-home.svg',
      '/assets/icons/tab-voucher-on.svg',
      '/assets/icons/tab-me.svg',
    ]);
  });

  test('shown again, it looks where it is', () => {
    const bar = render();

    stand('pages/me/me');
    bar.page('show');

    expect(bar.classed('on').map(({ text }) => text)).toEqual(['我的']);
  });

  test('a tap goes to the tab’s page', async () => {
    await render().labelled('我的券').tap();

    expect(switchTab.mock.calls).toEqual([[{ url: '/pages/vouchers/vouchers' }]]);
  });

  test('a tap on the page in front does nothing', async () => {
    await render().labelled('首页').tap();

    expect(switchTab).not.toHaveBeenCalled();
  });

  test('grows in elder mode', () => {
    const bar = render();
    expect(bar.classed('elder-bar')).toEqual([]);

    display.set(toDisplayView(true));

    expect(bar.classed('elder-bar')).toHaveLength(1);
  });

  test('no longer follows the role once it is gone', () => {
    const bar = render();

    bar.detach();
    signIn(ADMINISTRATOR);

    expect(bar.text).not.toContain('扫码');
  });
});
