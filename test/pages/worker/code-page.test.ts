/** @jest-environment jsdom */
import { CODE_ENDS, JUST_USED } from '../../../miniprogram/view/code';
import { open, startApp, type App } from '../app';
import type { MountedPage } from '../../../local/preview/harness/mount-page';
import { settle } from '../../../local/preview/harness/page-actions';
import type { VoucherStatus } from '../../../miniprogram/contract/vouchers';
import { groupCode } from '../../../miniprogram/view/voucher';
import { fail, ok } from '../../../miniprogram/contract/result';
import { drawCode } from '../../../miniprogram/components/code-canvas/draw-code';
import { aVoucherDetail } from '../../view/vouchers';

/** Drawing is tested on its own; jsdom has no canvas. */
jest.mock('../../../miniprogram/components/code-canvas/draw-code', () => ({ drawCode: jest.fn() }));

const NOW_MS = 1_795_000_000_000;

let app: App;
let mounted: MountedPage;
let status: VoucherStatus;
let codes: number;

beforeEach(() => {
  app = startApp();
  status = 'claimed';
  codes = 0;
  app.cloud = {
    'voucher.showCode': () =>
      ok({
        qrText: `SDV1.code-${++codes}`,
        digits: '482913',
        madeAtMs: NOW_MS,
        refreshAtMs: NOW_MS + 700,
      }),
    'voucher.getMine': () => ok(aVoucherDetail({ status })),
  };
});

const show = async (): Promise<Element> => {
  mounted = await open('worker/code/code', { id: 'voucher-1' });
  return mounted.root;
};

test('shows the digits in groups, the warning, and makes the screen bright', async () => {
  const root = await show();

  expect(root.textContent).toContain('482 913');
  expect(root.textContent).toContain('请不要将二维码及数字发送给他人');
  expect(app.wx['setScreenBrightness']).toHaveBeenCalledWith({ value: 1 });
});

test('gets the next code when the window of this one ends', async () => {
  await show();
  await settle(900);

  expect(jest.mocked(drawCode).mock.lastCall?.[2]).toBe('SDV1.code-2');
});

test('turns to the result by itself once the voucher has been scanned', async () => {
  const root = await show();
  status = 'used';
  await settle(3_200);

  expect(root.textContent).toContain(JUST_USED.title);
  expect(app.wx['setScreenBrightness']).toHaveBeenLastCalledWith({ value: 0.4 });
});

describe('after the scan', () => {
  const MINUTE_MS = 60_000;

  async function showUsed(): Promise<Element> {
    const root = await show();
    status = 'used';
    await settle(3_200);
    return root;
  }

  test('follows the voucher: a scan that is taken back gives a new code, and says why', async () => {
    const root = await showUsed();
    status = 'claimed';
    await settle(10_200);

    expect(root.textContent).not.toContain(JUST_USED.title);
    expect(root.textContent).toContain('刚才的核验被撤销了');
    expect(root.textContent).toContain('482 913');
    expect(app.wx['setScreenBrightness']).toHaveBeenLastCalledWith({ value: 1 });
    status = 'used';
    await settle(3_200);
    expect(root.textContent).toContain(JUST_USED.title);
    expect(root.textContent).not.toContain('撤销');
  });

  test('asks at once when it is shown again', async () => {
    const root = await showUsed();
    (mounted.page['onHide'] as () => void)();
    status = 'batched';
    (mounted.page['onShow'] as () => void)();
    await settle();

    expect(root.textContent).toContain(CODE_ENDS.batched.title);
  });

  test('says as of when, asks for half an hour at most, and not at all once nothing can change', async () => {
    const root = await showUsed();
    const asked = () => app.calls.filter(({ operation }) => operation === 'voucher.getMine').length;
    const before = asked();

    expect(root.textContent).toMatch(/截至 \d\d:\d\d/);
    for (let minute = 0; minute < 40; minute++) await settle(MINUTE_MS);
    expect(asked() - before).toBeLessThanOrEqual(180);
    expect(asked() - before).toBeGreaterThan(20);
    (mounted.page['onHide'] as () => void)();
    status = 'settled';
    (mounted.page['onShow'] as () => void)();
    await settle();
    const atEnd = asked();
    await settle(MINUTE_MS);
    expect(asked()).toBe(atEnd);
  });
});

test('a voucher used elsewhere before is told plainly, without claiming a scan', async () => {
  status = 'used';
  app.cloud['voucher.showCode'] = () => fail('voucher_already_used');

  expect((await show()).textContent).toContain(CODE_ENDS.used.title);
});

test('behind another page nothing is asked, and the brightness is as before', async () => {
  await show();
  (mounted.page['onHide'] as () => void)();
  const before = app.calls.length;
  await settle(900);

  expect(app.calls).toHaveLength(before);
  expect(app.wx['setScreenBrightness']).toHaveBeenLastCalledWith({ value: 0.4 });
});

test('a code that cannot be renewed is taken away', async () => {
  const root = await show();
  app.cloud['voucher.showCode'] = () => fail('gateway_unavailable');
  await settle(900);

  expect(root.textContent).toContain('二维码已过期');
  expect(root.textContent).toContain('再试一次');
});

test('the 券码 of a 通用券 stands beside its digits, to be read out with them', async () => {
  app.cloud['voucher.getMine'] = () => ok(aVoucherDetail({ status, issueMode: 'general' }));
  const root = await show();
  await settle(3_200);

  expect(root.textContent).toContain(`请把券码也念给工作人员：${groupCode(aVoucherDetail({}).code)}`);
});

test('a screenshot is answered with a warning and a new code', async () => {
  const root = await show();
  const [[onCapture]] = app.wx['onUserCaptureScreen']?.mock.calls as [[() => void]];
  onCapture();
  await settle();

  expect(root.textContent).toContain('刚才截了屏');
  expect(mounted.data()['qrText']).toBe('SDV1.code-2');
});
