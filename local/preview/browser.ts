/// <reference lib="dom" />
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { projectRoot } from '../stage/project-root';

/** No Chromium starts on this machine. */
export class NoBrowserError extends Error {}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PACKAGE_VERSION = '153.0.0';
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

type FindExecutable = () => string | undefined | Promise<string | undefined>;

const CANDIDATES: readonly FindExecutable[] = [
  () => process.env['CHROMIUM'],
  unpackChromium,
  () => (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined),
];

/**
 * Starts the first Chromium that works: `$CHROMIUM`, the one of the packages, Debian's.
 * @throws NoBrowserError when there is none
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const find of CANDIDATES) {
    try {
      const executablePath = await find();
      if (executablePath) return await chromium.launch({ executablePath, args: FLAGS });
    } catch (error) {
      failures.push(String(error).split('\n')[0] ?? '');
    }
  }
  throw new NoBrowserError(
    ['no Chromium starts: apt-get install libnss3, or set CHROMIUM', ...failures].join('\n  '),
  );
}

/**
 * The same for pictures that people look at.
 * @throws NoBrowserError also where Chinese would come out as boxes
 */
export async function launchBrowserForPictures(): Promise<Browser> {
  const browser = await launchBrowser();
  if (await hasChineseFont(browser)) return browser;
  await browser.close();
  throw new NoBrowserError('no font for Chinese: apt-get install fonts-wqy-zenhei, or any other');
}

/** Without a font for them, all Chinese characters are the same box. */
async function hasChineseFont(browser: Browser): Promise<boolean> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(() => {
      const draw = (character: string): string => {
        const canvas = document.createElement('canvas');
        const pen = canvas.getContext('2d');
        pen?.fillText(character, 10, 20);
        return canvas.toDataURL();
      };
      return draw('培') !== draw('训');
    });
  } finally {
    await page.close();
  }
}

const UNPACK = "import('@sparticuz/chromium').then(found => found.default.executablePath())";

/**
 * The package unpacks into the temporary folder and takes whatever `chromium` lies there, of any version: it gets a folder of
 * its own, in a process of its own, whose environment is nobody else's. The folder appears when it is whole: tests that start
 * at the same time do not meet in it.
 */
async function unpackChromium(): Promise<string> {
  const cache = join(projectRoot(), 'node_modules/.cache');
  const folder = join(cache, `chromium-${PACKAGE_VERSION}`);
  const executable = join(folder, 'chromium');
  if (existsSync(executable)) return executable;
  mkdirSync(cache, { recursive: true });
  const unpacking = mkdtempSync(`${folder}-`);
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    cwd: projectRoot(),
    env: { ...process.env, TMPDIR: unpacking },
  });
  try {
    renameSync(unpacking, folder);
  } catch {
    // Somebody else was faster.
    rmSync(unpacking, { recursive: true, force: true });
  }
  return executable;
}

export interface GuardedContext {
  context: BrowserContext;
  /** Addresses outside this machine that a page wanted; none was reached. */
  blocked: string[];
}

/** A browser window that can reach nothing but this machine. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<GuardedContext> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  const blocked: string[] = [];
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1' && hostname !== 'localhost',
    route => {
      blocked.push(route.request().url());
      return route.abort();
    },
  );
  return { context, blocked };
}
