import type { Browser, Page } from 'playwright-core';
import { openContext } from '../../local/preview/browser';
import { launchBrowserForTests, testInBrowser } from '../e2e/support/browser';
import { openSamplePreview, type SamplePreview } from './sample-preview';

const PHONE = { viewport: { width: 375, height: 812 } };

jest.setTimeout(30_000);

let preview: SamplePreview;
let browser: Browser;
let blocked: string[];
let page: Page;

beforeAll(async () => {
  preview = await openSamplePreview();
  browser = await launchBrowserForTests();
});

afterAll(async () => {
  await browser?.close();
  await preview.close();
});

/** A fresh phone, with nothing stored. */
async function openPhone(parameters = 'phone=worker', hash = ''): Promise<void> {
  const opened = await openContext(browser, PHONE);
  blocked = opened.blocked;
  page = await opened.context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${preview.url}/phone.html?${parameters}#${hash}`);
}

const tap = (text: string): Promise<void> => page.getByText(text, { exact: true }).first().click();
const appears = (text: string): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();
/** What slides in or rolls takes no tap before it has come to rest. */
const atRest = async (): Promise<void> => {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(animation => animation.effect?.getComputedTiming().iterations === Infinity),
  );
};
const contents = (testId: string): Promise<string> => page.getByTestId(testId).innerText();

/** Each test has a phone of its own, which reaches nothing but this machine. */
function inBrowser(name: string, run: () => Promise<void>): void {
  testInBrowser(name, async () => {
    try {
      await run();
      expect(blocked).toEqual([]);
    } finally {
      await page?.context().close();
    }
  });
}

describe('pages', () => {
  inBrowser('a page shows lists, slots, WXS and components, and TDesign filters them', async () => {
    await openPhone();
    await appears('1. 电工');
    await appears('显示 1 次，就绪，1234.50 元，是列表');
    await appears('插槽内容');

    await page.getByRole('tab', { name: '已结束' }).click();

    await appears('2. 焊工');
    expect(await page.getByText('1. 电工').count()).toBe(0);
  });

  inBrowser('typing into TDesign changes the page, a component tells its page of a tap', async () => {
    await openPhone();

    await page.getByPlaceholder('搜索班期').fill('王芳');
    await tap('你好，王芳');

    await page.getByRole('alert').getByText('谢谢王芳').waitFor();
  });

  inBrowser('a form in a subpackage is filled, sent and answered through the event channel', async () => {
    await openPhone();
    await tap('3. 养老护理');
    await page.getByRole('heading', { name: '报名 class-2' }).waitFor();

    await page.getByPlaceholder('请输入姓名').fill('张强');
    await page.getByPlaceholder('备注').fill('靠窗');
    await appears('备注是：靠窗');
    await tap('要班车');
    await tap('白班');
    await page.getByRole('switch', { name: '提醒我' }).click();
    await tap('提交');
    await appears('确定要报名吗？');

    expect(JSON.parse(await contents('sent'))).toMatchObject({
      name: '张强',
      note: '靠窗',
      wants: ['meal', 'bus'],
      shift: 'day',
      remind: false,
    });
    await atRest();
    await tap('确定');
    await appears('已报名 张强');
  });

  inBrowser('pickers: TDesign’s columns and WeChat’s date', async () => {
    await openPhone('phone=worker', '/more/pages/form/form?class=x');
    await tap('城市');
    await appears('青岛');
    await atRest();
    await tap('青岛');
    await atRest();
    await tap('确认');
    await page.locator('[class*="t-cell__note"]', { hasText: '青岛' }).waitFor();

    await tap('开班日期 2026-03-01');
    await page.getByRole('option', { name: '4月' }).click();
    await page.getByRole('option', { name: '15日' }).click();
    await page.getByRole('dialog').getByText('确定').click();

    await appears('开班日期 2026-04-15');
  });

  inBrowser('a file is chosen with the browser’s own dialog', async () => {
    await openPhone('phone=worker', '/more/pages/form/form?class=x');
    const chooser = page.waitForEvent('filechooser');
    await tap('选名册');
    await page.getByRole('button', { name: '同意', exact: true }).click();
    await (await chooser).setFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') });

    await appears('名册.csv 3');
  });

  inBrowser('tabs keep their pages, each with a tab bar of its own', async () => {
    await openPhone();
    await page.getByPlaceholder('搜索班期').fill('留着');

    await page.getByRole('tab', { name: '我的' }).click();
    await page.getByRole('heading', { name: '我的' }).waitFor();
    await page.getByRole('tab', { name: '首页' }).filter({ visible: true }).click();

    expect(await page.getByPlaceholder('搜索班期').inputValue()).toBe('留着');
    await appears('显示 2 次');
  });

  inBrowser('pulling down refreshes, scrolling to the end is told', async () => {
    await openPhone();
    await appears('1. 电工');
    await page.mouse.move(180, 420);
    await page.mouse.down();
    await page.mouse.move(180, 520, { steps: 5 });
    await page.mouse.up();
    await appears('刷新 1');

    await page.mouse.wheel(0, 3000);

    await appears('触底 1');
  });

  inBrowser(
    'a function is called with the person’s identity; a deep link and large letters work',
    async () => {
      await openPhone('phone=worker&persona=w2&fontScale=1.5');
      const rem = await page.getByTestId('rem').evaluate(node => getComputedStyle(node).fontSize);
      expect(rem).toBe('24px');

      await tap('问一下云函数');

      await appears('{"ok":true,"data":{"text":"在吗"}}');
      expect(preview.calls.at(-1)).toMatchObject({ openid: 'o-other', name: 'echo' });
    },
  );

  inBrowser('a member of wx that the host lacks is told on the page', async () => {
    await openPhone();
    await tap('缺少的接口');
    await page.getByTestId('preview-errors').getByText('预览宿主没有实现 wx.startBluetooth').waitFor();
  });

  inBrowser('consent in the simulated e-SSC brings a code back to App.onShow', async () => {
    await openPhone('phone=worker&channel=3701000001');
    await page.getByRole('tab', { name: '我的' }).click();
    await tap('电子社保卡登录');
    await appears('王**');

    await page.getByRole('button', { name: '同意授权' }).click();

    await appears('launch 3701000001; show 1001 {}; hide; show 1038 {"authCode":"code-w1"}');
    await tap('电子社保卡登录');
    await page.getByRole('button', { name: '取消' }).click();
    await appears('show 1038 {"cancelled":true}');
  });

  inBrowser('storage outlives a restart and is kept apart by person', async () => {
    await openPhone('phone=worker&persona=w1', '/pages/me/me');
    await tap('记一笔');
    await tap('记一笔');
    await page.reload();
    await page.locator('[class*="t-cell__note"]', { hasText: '记记' }).waitFor();

    await page.goto(`${preview.url}/phone.html?phone=worker&persona=w2#/pages/me/me`);
    await appears('记一笔');
    expect(await page.getByText('记记').count()).toBe(0);
  });
});
