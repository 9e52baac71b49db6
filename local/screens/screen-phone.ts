/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { openContext } from '../preview/browser';
import { phoneUrl } from '../preview/phone-url';
import { installHooks, isQuiet, openInPage, readPageReport, type Network } from './page-hooks';
import type { Persona } from '../demo/cast';

export interface PhoneSetting {
  /** Address of the front. */
  url: string;
  persona: Persona;
  widthPx: number;
  /** Pixels of the picture for one of the page. */
  sharpness?: number;
  /** Where the app is opened; a page that asks nothing unless told. */
  startPage?: string;
  /** The official account from which it is opened. */
  channel?: string;
}

/** What is wrong with a page, beside how it looks. */
export interface PageReport {
  route: string;
  state: string;
  errors: string[];
  warnings: string[];
}

const HEIGHT_PX = 812;
const HEIGHT_MAX_PX = 2600;
/** Longer than a pressed control stays lit. */
const QUIET_MS = 150;
/** A page that still calls after this long is taken as it is. */
const PATIENCE_MS = 8_000;
const LAUNCH_MS = 30_000;

/** A phone with the app on it, which goes from page to page as one person. */
export class ScreenPhone {
  private elder = false;

  private constructor(
    readonly page: Page,
    private readonly widthPx: number,
    /** Addresses on other machines that the app wanted. */
    readonly blocked: readonly string[],
  ) {}

  static async open(
    browser: Browser,
    { url, persona, widthPx, sharpness = 1, startPage = '/worker/help/help', channel }: PhoneSetting,
  ): Promise<ScreenPhone> {
    const { context, blocked } = await openContext(browser, {
      viewport: { width: widthPx, height: HEIGHT_PX },
      deviceScaleFactor: sharpness,
    });
    await context.addInitScript(installHooks);
    const page = await context.newPage();
    const phone = new ScreenPhone(page, widthPx, blocked);
    await page.goto(
      phoneUrl({
        url,
        persona: persona.id,
        page: channel === undefined ? startPage : `${startPage}?channel=${channel}`,
      }),
    );
    await page.waitForSelector('wx-page', { timeout: LAUNCH_MS });
    await phone.settle();
    return phone;
  }

  /** Opens a page and waits until it stops calling. */
  async show(url: string, network: Network = 'online'): Promise<void> {
    await this.page.evaluate(openInPage, { url, network });
    await this.settle();
  }

  async tap(name: string): Promise<void> {
    const control = this.page.getByRole('button', { name, exact: true }).filter({ visible: true });
    await control.last().click({ timeout: 5_000 });
    await this.settle();
  }

  /** Turns elder mode on or off with the app's own switch. */
  async setElder(on: boolean): Promise<void> {
    if (on === this.elder) return;
    await this.show('/pages/me/me');
    await this.page.getByRole('switch').filter({ visible: true }).click({ timeout: 5_000 });
    await this.settle();
    this.elder = on;
  }

  async settle(): Promise<void> {
    await this.page
      .waitForFunction(isQuiet, QUIET_MS, { timeout: PATIENCE_MS, polling: 40 })
      .catch(() => undefined);
  }

  report(): Promise<PageReport> {
    return this.page.evaluate(readPageReport);
  }

  /** A picture of the whole page, as if the phone were as long as it. */
  async picture(file: string): Promise<void> {
    const height = await this.page.evaluate(() => {
      const scroller = document.querySelector('wx-page:not([hidden]) .wx-page-scroll');
      return innerHeight + (scroller ? scroller.scrollHeight - scroller.clientHeight : 0);
    });
    const isLong = height > HEIGHT_PX;
    if (isLong) await this.resize(Math.min(height, HEIGHT_MAX_PX));
    await this.page.screenshot({ path: file });
    if (isLong) await this.resize(HEIGHT_PX);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  private resize(height: number): Promise<void> {
    return this.page.setViewportSize({ width: this.widthPx, height });
  }
}
