/// <reference lib="dom" />
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Demo } from '../demo/demo';
import { openContext } from '../preview/browser';
import type { PhoneId } from '../preview/shared/preview-api';
import { CATALOGUE } from './catalogue';
import { installHooks, isQuiet, openInPage } from './page-hooks';
import { shotsOf, takeGroup } from './take-screens';
import { personaOf, World } from './world';

/** Wide enough for three phones side by side. */
const PHONES_VIEWPORT = { width: 1360, height: 940 };
/** The phones with their people, without the switches below; a little smaller, as the file goes into the repository. */
const PHONES_PART = { x: 70, y: 60, width: 1220, height: 730 };
const PHONES_SHARPNESS = 0.9;
const QUIET_MS = 500;

interface PhonesPicture {
  url: string;
  world: World;
  file: string;
}

/** Renews the pictures of the documentation: the three phones, and those that the catalogue marks. */
export async function pictureDocs(
  browser: Browser,
  { stage, phonesUrl }: Demo,
  outDir: string,
): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const world = await World.explore(stage);
  const studio = { browser, world, url: stage.cloud.url, outDir };
  for (const screen of CATALOGUE.filter(({ docs }) => docs)) {
    await takeGroup(studio, shotsOf(screen).slice(0, 1));
  }
  await world.giveBack();
  await picturePhones(browser, { url: phonesUrl, world, file: join(outDir, 'three-phones.png') });
}

/** The scan as three people see it: the code, who scans it, and the office. */
async function picturePhones(browser: Browser, { url, world, file }: PhonesPicture): Promise<void> {
  const { context } = await openContext(browser, {
    viewport: PHONES_VIEWPORT,
    deviceScaleFactor: PHONES_SHARPNESS,
  });
  await context.addInitScript(installHooks);
  const page = await context.newPage();
  await page.goto(url);
  await choosePersona(page, personaOf('ready').id);
  const code = `/worker/code/code?id=${encodeURIComponent(world.id('mine:ready'))}`;
  await showOn(page, 'worker', code);
  await showOn(page, 'institution', '/pages/scan/scan');
  await showOn(page, 'city', '/pages/desk/desk');
  await page.screenshot({ path: file, clip: PHONES_PART });
  await context.close();
}

/** The worker's phone starts anew for another person. */
async function choosePersona(page: Page, persona: string): Promise<void> {
  await page.getByTestId('phone-worker').getByLabel('使用者').selectOption(persona);
  await page.waitForFunction(isPhoneOf, persona);
}

function isPhoneOf(persona: string): boolean {
  const phone = document.querySelector<HTMLIFrameElement>('[data-testid="phone-worker"] iframe');
  const { searchParams } = new URL(phone?.contentWindow?.location.href ?? location.href);
  return searchParams.get('persona') === persona;
}

async function showOn(page: Page, phone: PhoneId, url: string): Promise<void> {
  const handle = await page.getByTestId(`phone-${phone}`).locator('iframe').elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error(`there is no phone ${phone}`);
  await frame.waitForSelector('wx-page:not([hidden])');
  await frame.waitForFunction(isQuiet, QUIET_MS);
  await frame.evaluate(openInPage, { url, network: 'online' as const });
  await frame.waitForFunction(isQuiet, QUIET_MS);
}
