/** @jest-environment jsdom */
import { refusalText } from '../../../miniprogram/text/refusal-text';
import { ACTION_TEXTS } from '../../../miniprogram/view/failure';
import { ACCOUNT, findControl, inputsOf, open, operationsOf, page, startApp, type App } from '../app';
import { settle, tap } from '../../../local/preview/harness/page-actions';
import type { ChannelView } from '../../../miniprogram/contract/channels';
import { fail, ok } from '../../../miniprogram/contract/result';
import { session } from '../../../miniprogram/session/session';
import { display } from '../../../miniprogram/phone/display';
import { toDisplayView } from '../../../miniprogram/view/display';
import { aVoucher, aVoucherDetail } from '../../view/vouchers';
import { branded } from '../../support/branded';

const FAR_MS = 4_000_000_000_000;

const voucher = aVoucher({ claimUntilMs: FAR_MS, expiresAtMs: FAR_MS });
const detail = aVoucherDetail({ claimUntilMs: FAR_MS, expiresAtMs: FAR_MS });
const channel = branded<ChannelView>({
  channelNumber: '3701000001',
  cityCode: '3701',
  name: '泉城办',
  kind: 'app',
  issuing: true,
  voucherOpen: true,
});

let app: App;

beforeEach(() => {
  app = startApp();
  session.set({ state: 'unknown' });
  display.set(toDisplayView(false));
});

const show = async (id: string, query?: Record<string, string>): Promise<Element> =>
  (await open(id, query)).root;
const signedIn = (): void => session.set({ state: 'signed_in', account: ACCOUNT });

describe('首页', () => {
  test('signed out: one clear action, one call', async () => {
    app.cloud['account.getAccount'] = () => fail('sign_in_required');

    const root = await show('pages/home/home');

    expect(findControl(root, ACTION_TEXTS.sign_in)).not.toBeNull();
    expect(operationsOf(app)).toEqual(['account.getAccount']);
  });

  test('signed in: the one next thing, two calls', async () => {
    signedIn();
    app.cloud = { 'account.getAccount': () => ok(ACCOUNT), 'voucher.listMine': () => page([voucher]) };

    const root = await show('pages/home/home');
    tap(findControl(root, '去领取'));

    expect(root.textContent).toContain('张*三，您好');
    expect(operationsOf(app)).toHaveLength(2);
    expect(app.wx['navigateTo']).toHaveBeenCalledWith({ url: '/worker/claim/claim?id=class-1-person-1' });
  });

  test('the switch of elder mode changes the page at once and is kept', async () => {
    app.cloud['account.getAccount'] = () => fail('sign_in_required');
    const root = await show('pages/home/home');

    tap(findControl(root, '长辈版，大字'));
    await settle();

    expect(root.textContent).toContain('回到标准版');
    expect(app.storage.get('elder-mode')).toBe(true);
  });

  test('an account that cannot be asked for is a failure with a way on', async () => {
    app.cloud['account.getAccount'] = () => fail('gateway_unavailable');
    const root = await show('pages/home/home');
    app.cloud['account.getAccount'] = () => fail('sign_in_required');

    tap(findControl(root, ACTION_TEXTS.again));
    await settle();

    expect(findControl(root, ACTION_TEXTS.sign_in)).not.toBeNull();
  });
});

describe('我的券', () => {
  test('filters in plain words, and grows by cursor', async () => {
    const used = aVoucher({ id: 'used', status: 'used', expiresAtMs: FAR_MS, className: '焊工班' });
    app.cloud['voucher.listMine'] = ({ cursor }) => (cursor ? page([used]) : page([voucher], 'next'));
    const root = await show('pages/vouchers/vouchers');

    tap(findControl(root, '查看更多'));
    await settle();
    expect(root.textContent).toContain('焊工班');

    tap(findControl(root, '要办的'));
    await settle();
    expect(root.textContent).toContain('电工初级班');
    expect(root.textContent).not.toContain('焊工班');
  });

  test('nobody’s vouchers: says how one comes', async () => {
    app.cloud['voucher.listMine'] = () => page([]);

    expect((await show('pages/vouchers/vouchers')).textContent).toContain('还没有券');
  });

  test('signed out: offers to sign in where the page is', async () => {
    app.cloud['voucher.listMine'] = () => fail('sign_in_required');
    const root = await show('pages/vouchers/vouchers');

    tap(findControl(root, ACTION_TEXTS.sign_in));
    await settle();

    expect(root.textContent).toContain('隐私保护指引');
    expect(operationsOf(app)).toEqual(['voucher.listMine']);
  });
});

describe('领取', () => {
  beforeEach(() => {
    app.storage.set('launch-channel', '3701000001');
    app.cloud = {
      'voucher.getMine': () => ok(detail),
      'entry.listChannels': () => ok({ channels: [channel] }),
      'voucher.claim': () =>
        ok({
          voucherId: detail.id,
          code: detail.code,
          command: 'claim',
          status: 'claimed',
          atMs: FAR_MS,
          holderName: '张*三',
        }),
    };
  });

  test('a double tap claims once, with the channel that led here', async () => {
    const root = await show('worker/claim/claim', { id: detail.id });

    const button = findControl(root, '领取');
    tap(button);
    tap(button);
    await settle();

    expect(inputsOf(app, 'voucher.claim')).toEqual([{ voucherId: detail.id, channelNumber: '3701000001' }]);
    expect(root.textContent).toContain('领取成功');
  });

  test('through a channel that is not open: where to go instead, and nothing to press in vain', async () => {
    app.storage.set('launch-channel', '3701000009');

    const root = await show('worker/claim/claim', { id: detail.id });

    expect(root.textContent).toContain('“泉城办”');
    expect(findControl(root, '领取')).toBeNull();
  });

  test('a refusal is told beside the button, and what is on the page stays', async () => {
    app.cloud['voucher.claim'] = () => fail('channel_not_open', { openChannels: ['泉城办'] });
    const root = await show('worker/claim/claim', { id: detail.id });

    tap(findControl(root, '领取'));
    await settle();

    expect(root.textContent).toContain('请从以下入口领取：泉城办');
    expect(root.textContent).toContain('这张券怎么用');
  });

  test('a voucher that is not to be claimed any more leads to its details', async () => {
    app.cloud['voucher.getMine'] = () => ok({ ...detail, status: 'claimed' });

    await show('worker/claim/claim', { id: detail.id });

    expect(app.wx['redirectTo']).toHaveBeenCalledWith({ url: '/worker/voucher/voucher?id=class-1-person-1' });
  });
});

describe('券详情', () => {
  test('history, what each state means, and the next step', async () => {
    app.cloud['voucher.getMine'] = () => ok({ ...detail, status: 'claimed' });

    const root = await show('worker/voucher/voucher', { id: detail.id });
    tap(findControl(root, '出示二维码'));

    expect(root.textContent).toContain('办理经过');
    expect(root.textContent).toContain('已领取（现在）');
    expect(app.wx['navigateTo']).toHaveBeenCalledWith({ url: '/worker/code/code?id=class-1-person-1' });
  });

  test('follows what others do while it is open, and says as of when', async () => {
    const asked = () => operationsOf(app).length;
    app.cloud['voucher.getMine'] = () => ok({ ...detail, status: 'used' });
    const root = await show('worker/voucher/voucher', { id: detail.id });
    expect(root.textContent).toMatch(/截至 \d\d:\d\d/);

    app.cloud['voucher.getMine'] = () => ok({ ...detail, status: 'claimed' });
    await settle(10_100);
    expect(root.textContent).toContain('已领取（现在）');
    app.cloud['voucher.getMine'] = () => ok({ ...detail, status: 'voided' });
    await settle(10_100);
    expect(root.textContent).toContain('已作废（现在）');
    const atEnd = asked();
    await settle(60_000);

    expect(asked()).toBe(atEnd);
  });

  test('somebody else’s voucher is not there', async () => {
    app.cloud['voucher.getMine'] = () => fail('voucher_not_found');

    const root = await show('worker/voucher/voucher', { id: 'other' });

    expect(root.textContent).toContain(refusalText({ code: 'voucher_not_found' }));
  });
});

describe('我的', () => {
  test('name, roles and consent; signing out is asked first', async () => {
    signedIn();
    app.cloud['account.signOut'] = () => ok({});
    const root = await show('pages/me/me');
    expect(root.textContent).toContain('张*三');
    expect(root.textContent).toContain('已同意 2026-11-01 版');

    tap(findControl(root, '退出登录'));
    await settle();
    expect(operationsOf(app)).toEqual([]);
    tap([...root.querySelectorAll('[aria-label="退出登录"]')].at(-1));
    await settle();

    expect(operationsOf(app)).toEqual(['account.signOut']);
    expect(root.textContent).toContain('还没有登录');
  });
});

test.each(['worker/help/help', 'worker/privacy/privacy'])('%s is there without any call', async id => {
  const root = await show(id);

  expect(root.textContent?.length).toBeGreaterThan(200);
  expect(operationsOf(app)).toEqual([]);
});
