import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { openDemo, type Demo } from '../../../local/demo/demo';
import type { PhoneId } from '../../../local/preview/shared/preview-api';
import { projectRoot } from '../../../local/stage/project-root';
import { openContext } from '../../../local/preview/browser';
import { launchBrowserForTests, testInBrowser } from './browser';
import { Phone } from './phones';

/** The whole system with made-up people, and its three phones in a browser. */
export interface Theatre {
  demo: Demo;
  page: Page;
  worker: Phone;
  institution: Phone;
  city: Phone;
  /** What must not happen while anybody uses the phones. */
  listTroubles(): Promise<Troubles>;
  close(): Promise<void>;
}

export interface Troubles {
  /** Addresses outside this machine that a page wanted. */
  blocked: string[];
  /** What the panel of the preview has shown. */
  errors: string[];
  /** What the component framework complains about in components of this project. */
  warnings: string[];
}

const ACTION_MS = 20_000;
const FAILURES_DIR = join(projectRoot(), 'screens/failures');
/** How the preview announces what it shows in its panel of errors. */
const PANEL_PREFIX = '[preview] ';

/** Seeding makes some two thousand calls, which takes its time on a busy machine. */
export const OPENING_MS = 240_000;

export async function openTheatre(): Promise<Theatre> {
  const browser = await launchBrowserForTests();
  const dataDir = mkdtempSync(join(tmpdir(), 'voucher-e2e-'));
  const opened: { demo?: Demo } = {};
  const close = async (): Promise<void> => {
    await browser.close();
    await opened.demo?.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const demo = await openDemo({ dataDir, port: 0, watch: false, tell: () => undefined });
    opened.demo = demo;
    return { ...(await openPhones(browser, demo)), demo, close };
  } catch (error) {
    // What has been started would keep the test run from ending.
    await close();
    throw error;
  }
}

async function openPhones(browser: Browser, { phonesUrl }: Demo): Promise<Omit<Theatre, 'demo' | 'close'>> {
  const { context, blocked } = await openContext(browser, { viewport: { width: 1400, height: 1140 } });
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_MS);
  const errors: string[] = [];
  page.on('console', message => errors.push(...panelTexts(message)));
  page.on('pageerror', error => errors.push(error.message));
  const phone = (id: PhoneId): Phone => new Phone(page, id);
  const phones = { worker: phone('worker'), institution: phone('institution'), city: phone('city') };
  await page.goto(phonesUrl);
  await Promise.all(Object.values(phones).map(each => each.whenStarted()));
  return {
    page,
    ...phones,
    listTroubles: async () => ({
      blocked,
      errors,
      warnings: (await Promise.all(Object.values(phones).map(each => each.listWarnings()))).flat(),
    }),
  };
}

const panelTexts = (message: ConsoleMessage): string[] =>
  message.text().startsWith(PANEL_PREFIX) ? [message.text().slice(PANEL_PREFIX.length)] : [];

/** Steps that build on each other: after one that fails the later ones do not wait for what cannot come. */
export function createSteps(story: string, theatre: () => Theatre) {
  let failedStep: string | undefined;
  return (name: string, run: (theatre: Theatre) => Promise<void>): void => {
    testInBrowser(name, async () => {
      const open = theatre();
      if (failedStep !== undefined)
        throw new Error(`not played, because a step before failed: ${failedStep}`);
      await withPicture(open, story, () => run(open)).catch((error: unknown) => {
        failedStep = name;
        throw error;
      });
    });
  };
}

/** Scenes that stand alone. */
export const createScenes =
  (story: string, theatre: () => Theatre) =>
  (name: string, run: (theatre: Theatre) => Promise<void>): void => {
    testInBrowser(name, async () => {
      const open = theatre();
      await withPicture(open, story, () => run(open));
    });
  };

/** Keeps a picture of the phones as they were when something went wrong. */
async function withPicture({ page }: Theatre, story: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    mkdirSync(FAILURES_DIR, { recursive: true });
    const step = (expect.getState().currentTestName ?? 'step').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
    await page.screenshot({ path: join(FAILURES_DIR, `${story}-${step}.png`) }).catch(() => undefined);
    throw error;
  }
}
