import { goBack, openPage, replacePage } from '../../miniprogram/page-behaviour/navigate';

const NOW_MS = Date.UTC(2026, 10, 26, 8);
const navigateTo = jest.fn((_target: { url: string }) => Promise.resolve());
const redirectTo = jest.fn((_target: { url: string }) => Promise.resolve());
const navigateBack = jest.fn(() => Promise.resolve());
const switchTab = jest.fn((_target: { url: string }) => Promise.resolve());
let pages: object[] = [];

beforeEach(() => {
  jest.clearAllMocks();
  jest.useFakeTimers({ now: NOW_MS });
  pages = [{ route: 'list' }];
  Object.assign(globalThis, {
    wx: { navigateTo, redirectTo, navigateBack, switchTab },
    getCurrentPages: () => pages,
  });
});
afterEach(() => jest.useRealTimers());

test('a double tap opens one page', async () => {
  await Promise.all([openPage('/detail'), openPage('/detail')]);

  expect(navigateTo.mock.calls).toEqual([[{ url: '/detail' }]]);
});

test('a double tap goes back one page', async () => {
  await Promise.all([goBack(), goBack()]);

  expect(navigateBack).toHaveBeenCalledTimes(1);
});

test('the page that was opened can be left at once', async () => {
  await openPage('/detail');
  pages = [...pages, { route: 'detail' }];
  await goBack();

  expect(navigateBack).toHaveBeenCalledTimes(1);
});

test('back on the first page, another one can be opened', async () => {
  await openPage('/detail');
  jest.advanceTimersByTime(500);
  await openPage('/other');

  expect(navigateTo.mock.calls).toEqual([[{ url: '/detail' }], [{ url: '/other' }]]);
});

test('a clock that was set back does not keep anybody on the page', async () => {
  await openPage('/detail');
  jest.setSystemTime(NOW_MS - 24 * 3600 * 1000);
  await openPage('/other');

  expect(navigateTo).toHaveBeenCalledTimes(2);
});

test('above ten pages a page takes the place of the last one', async () => {
  navigateTo.mockRejectedValueOnce({ errMsg: 'navigateTo:fail webview count limit exceed' });

  await openPage('/detail');

  expect(redirectTo.mock.calls).toEqual([[{ url: '/detail' }]]);
});

test('back on a page that a link has opened leads home', async () => {
  navigateBack.mockRejectedValueOnce({ errMsg: 'navigateBack:fail cannot navigate back at first page' });

  await goBack();

  expect(switchTab.mock.calls).toEqual([[{ url: '/pages/home/home' }]]);
});

test('a phone that opens nothing leaves the page as it is', async () => {
  const broken = { errMsg: 'fail' };
  navigateTo.mockRejectedValueOnce(broken);
  redirectTo.mockRejectedValue(broken);
  navigateBack.mockRejectedValueOnce(broken);
  switchTab.mockRejectedValueOnce(broken);

  await openPage('/detail');
  jest.advanceTimersByTime(500);
  await replacePage('/other');
  jest.advanceTimersByTime(500);
  await goBack();

  expect(redirectTo).toHaveBeenCalledTimes(2);
  redirectTo.mockReset().mockResolvedValue(undefined);
});
