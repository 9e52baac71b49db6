import type { Browser, FrameLocator, Page } from 'playwright-core';
import { openContext } from '../../local/preview/browser';
import { launchBrowserForTests, testInBrowser } from '../e2e/support/browser';
import { openSamplePreview, type SamplePreview } from './sample-preview';

jest.setTimeout(30_000);

let preview: SamplePreview;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  preview = await openSamplePreview();
  browser = await launchBrowserForTests();
  const { context } = await openContext(browser, { viewport: { width: 1400, height: 1000 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
});

afterAll(async () => {
  await browser?.close();
  await preview.close();
});

const card = (phone: string) => page.getByTestId(`phone-${phone}`);
const screen = (phone: string): FrameLocator => card(phone).frameLocator('iframe');
const appears = (phone: string, text: string): Promise<void> =>
  screen(phone).getByText(text).filter({ visible: true }).first().waitFor();

async function openPhones(): Promise<void> {
  await page.goto(`${preview.url}/phones.html`);
  await appears('city', '1. 电工');
}

/** The picture is drawn a while after its page has opened. */
async function whenDrawn(canvas: Element): Promise<void> {
  const isBlank = (): boolean => {
    const { width, height } = canvas as HTMLCanvasElement;
    const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
    return !pixels?.some(value => value !== 0);
  };
  while (isBlank()) await new Promise(resolve => requestAnimationFrame(resolve));
}

async function showPass(phone: string): Promise<void> {
  await screen(phone).getByRole('tab', { name: '我的' }).click();
  await screen(phone).getByText('出示培训码').click();
  await screen(phone).getByRole('heading', { name: '培训码' }).waitFor();
  await screen(phone).locator('wx-page:not([hidden]) canvas').first().evaluate(whenDrawn);
}

describe('three phones', () => {
  testInBrowser('one phone reads the code on another one’s screen, unless something covers it', async () => {
    await openPhones();
    const [worker, institution] = [screen('worker'), screen('institution')];
    await institution.getByRole('button', { name: '扫一扫' }).click();
    await institution.getByRole('button', { name: '对准劳动者的手机' }).click();
    await appears('institution', '没有看清二维码');
    await institution.getByRole('button', { name: '取消' }).click();
    await appears('institution', '没有扫码');

    await showPass('worker');
    await institution.getByRole('button', { name: '扫一扫' }).click();
    await institution.getByRole('button', { name: '对准劳动者的手机' }).click();
    await appears('institution', 'PASS:演示-1');

    await worker.getByRole('button', { name: '盖住' }).click();
    await institution.getByRole('button', { name: '扫一扫' }).click();
    await institution.getByRole('button', { name: '对准劳动者的手机' }).click();
    await appears('institution', 'OLD:canvas');
  });

  testInBrowser('each phone has its own person, who can be changed', async () => {
    await openPhones();
    await card('worker').getByLabel('使用者').selectOption('w2');
    await appears('worker', '1. 电工');

    await screen('worker').getByText('问一下云函数').click();

    await appears('worker', '"ok":true');
    expect(preview.calls.at(-1)).toMatchObject({ openid: 'o-other' });
  });

  testInBrowser('a phone without network is told so, a lost answer was still carried out', async () => {
    await openPhones();
    await card('worker').getByLabel('断网').check();
    await appears('worker', '网络 none');
    await screen('worker').getByText('问一下云函数').click();
    await appears('worker', 'cloud.callFunction:fail request:fail');

    await card('worker').getByLabel('断网').uncheck();
    await card('worker').getByLabel('丢下一次应答').check();
    const callsBefore = preview.calls.length;
    await screen('worker').getByText('问一下云函数').click();
    await appears('worker', 'request:fail timeout');
    expect(preview.calls).toHaveLength(callsBefore + 1);
    expect(await card('worker').getByLabel('丢下一次应答').isChecked()).toBe(false);
  });

  testInBrowser('the system’s date moves, and the phones live at it', async () => {
    await openPhones();
    await page.getByRole('button', { name: '+7 天' }).click();
    const inAWeek = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString().slice(0, 10);

    await page.locator(`[data-testid="clock"][data-day="${inAWeek}"]`).waitFor();
    const phone = page.frames().find(frame => frame.url().includes('phone=worker'));
    expect(await phone?.evaluate('new Date().toISOString().slice(0, 10)')).toBe(inAWeek);
    expect(await phone?.evaluate('new Date(0) instanceof Date && new Date() instanceof Date')).toBe(true);
    await page.getByRole('button', { name: '恢复' }).click();
  });

  testInBrowser(
    'an official account opens the app with its channel, a screenshot is told to the app',
    async () => {
      await openPhones();
      await card('worker').getByLabel('从公众号打开').selectOption('3701000001');
      await screen('worker').getByRole('tab', { name: '我的' }).click();
      await appears('worker', 'launch 3701000001; show 1035');

      await card('city').getByRole('button', { name: '截屏' }).click();
      await appears('city', '截屏 1');
    },
  );
});
