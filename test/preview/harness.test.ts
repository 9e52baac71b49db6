/** @jest-environment jsdom */
import '../../local/preview/harness/jest-setup';
import { installWx } from '../../local/preview/harness/base-wx';
import { mountPage, takeWarnings, type MountedPage } from '../../local/preview/harness/mount-page';
import { emit, findByText, settle, tap, type } from '../../local/preview/harness/page-actions';
import { EventChannel } from '../../local/preview/runtime/event-channel';
import { SAMPLE_APP } from './sample-preview-root';

/** t-tabs has keys that are not unique, t-tag puts a class on a slot. */
const callFunction = jest.fn(() => Promise.resolve({ result: { ok: true } }));
const navigateTo = jest.fn(() => Promise.resolve());
const navigateBack = jest.fn(() => Promise.resolve());
let mounted: MountedPage;

beforeEach(() => {
  jest.useFakeTimers();
  jest.clearAllMocks();
  installWx({
    cloud: { callFunction },
    navigateTo,
    navigateBack,
    setNavigationBarTitle: jest.fn(() => Promise.resolve()),
    showToast: jest.fn(() => Promise.resolve()),
    onNetworkStatusChange: jest.fn(),
    onUserCaptureScreen: jest.fn(),
  });
});

afterEach(() => {
  mounted.unmount();
  jest.useRealTimers();
});

const mount = (page: string, query?: Record<string, string>, openerEvents?: EventChannel): MountedPage =>
  (mounted = mountPage(page, query, { miniprogramRoot: SAMPLE_APP, ...(openerEvents && { openerEvents }) }));

const text = (): string => mounted.root.textContent ?? '';

test('a page with TDesign, slots and WXS is shown, and its component is ready', async () => {
  mount('pages/home/home');
  await settle();

  expect(text()).toContain('1. 电工');
  expect(text()).toContain('显示 1 次，就绪，1234.50 元，是列表');
  expect(text()).toContain('插槽内容');
  expect(mounted.root.querySelector('[role="tab"]')).not.toBeNull();
});

test('taps reach the page through TDesign, and its call of wx can be looked at', async () => {
  mount('pages/home/home');
  await settle();

  tap(findByText(mounted.root, '问一下云函数'));
  tap(findByText(mounted.root, '3. 养老护理'));
  await settle();

  expect(callFunction).toHaveBeenCalledWith({ name: 'echo', data: { text: '在吗' } });
  expect(navigateTo).toHaveBeenCalledWith(
    expect.objectContaining({ url: '/more/pages/form/form?class=class-2' }),
  );
  expect(mounted.data()['answer']).toBe('{"ok":true}');
});

test('a form is filled and sent; the opener is told', async () => {
  const openerEvents = new EventChannel();
  const signed = jest.fn();
  openerEvents.on('signed', signed);
  mount('more/pages/form/form', { class: 'x' }, openerEvents);
  await settle();

  type(mounted.root.querySelector('[placeholder="请输入姓名"]'), '张强');
  type(mounted.root.querySelector('[placeholder="备注"]'), '靠窗');
  emit(mounted.root.querySelector('wx-picker'), 'change', { value: '2026-04-15' });
  await settle();
  tap(findByText(mounted.root, '提交'));
  await settle();
  tap(findByText(mounted.root, '确定'));

  expect(JSON.parse(String(mounted.data()['sent']))).toMatchObject({
    name: '张强',
    note: '靠窗',
    shift: 'night',
  });
  expect(mounted.data()['day']).toBe('2026-04-15');
  expect(signed).toHaveBeenCalledWith({ name: '张强' });
});

test('a call that the test has not provided for throws', async () => {
  mount('pages/home/home');
  await settle();
  const page = mounted.page as unknown as { onMissingTap(): void };

  expect(() => page.onMissingTap()).toThrow('预览宿主没有实现 wx.startBluetooth');
});

test('the framework finds nothing to complain about in the sample’s own pages', () => {
  mount('pages/home/home');

  expect(takeWarnings()).toEqual([]);
});

test('a warning names the page, and the template even where the framework does not', () => {
  mount('pages/home/home');
  takeWarnings();

  mounted.page.setData({ keyword: null });

  expect(takeWarnings()).toEqual([
    expect.stringMatching(/^pages\/home\/home, pages\/home\/home: property "value" received/),
  ]);
});
