/// <reference lib="dom" />
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { projectRoot } from '../stage/project-root';

/** No Chromium that draws Chinese starts on this machine. */
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
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

interface Program {
  executablePath: string;
  /** Folder of the libraries that come with it; without it the machine's own are used. */
  libraries?: string;
}

type Find = () => Program | undefined | Promise<Program | undefined>;

const ownChromium = (): Program | undefined => {
  const executablePath = process.env['CHROMIUM'];
  return executablePath ? { executablePath } : undefined;
};

const debianChromium = (): Program | undefined =>
  existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : undefined;

/** A machine whose C library is too old for the libraries of the package may have its own. */
const packagedOnOwnLibraries = async (): Promise<Program> => {
  const { executablePath } = await packagedChromium();
  return { executablePath };
};

const CANDIDATES: readonly Find[] = [ownChromium, packagedChromium, packagedOnOwnLibraries, debianChromium];

/**
 * Starts the first Chromium that works: `$CHROMIUM`, the one of the packages, Debian's. It draws Chinese with the font of the
 * packages.
 * @throws NoBrowserError when there is none
 */
export async function launchBrowser(): Promise<Browser> {
  const failures = new Set<string>();
  for (const find of CANDIDATES) {
    try {
      const program = await find();
      if (program) return await launch(program);
    } catch (error) {
      failures.add(causeOf(error));
    }
  }
  throw new NoBrowserError(
    [
      'No browser starts here. That of the packages runs on Linux with glibc 2.34 or later, on x64; elsewhere set CHROMIUM to the path of a Chromium.',
      ...failures,
    ].join('\n  '),
  );
}

async function launch({ executablePath, libraries }: Program): Promise<Browser> {
  const fonts = await unpackedOnce('fonts', '@fontsource-variable/noto-sans-sc');
  const browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    env: {
      ...process.env,
      ...(libraries !== undefined && { LD_LIBRARY_PATH: withOthers(libraries, 'LD_LIBRARY_PATH') }),
      FONTCONFIG_FILE: join(fonts, 'fonts.conf'),
      XDG_CACHE_HOME: join(fonts, 'cache'),
    },
  });
  if (await drawsChinese(browser)) return browser;
  await browser.close();
  throw new NoBrowserError(`${executablePath} finds no font for Chinese`);
}

const withOthers = (folder: string, variable: string): string =>
  [folder, process.env[variable]].filter(Boolean).join(':');

/** What the browser said itself, where it came so far. */
function causeOf(error: unknown): string {
  const lines = String(error).split('\n');
  return (lines.find(line => line.includes('[err]')) ?? lines[0] ?? '').trim();
}

/** Without a font for them, all Chinese characters are the same box. */
async function drawsChinese(browser: Browser): Promise<boolean> {
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

async function packagedChromium(): Promise<Program> {
  const misfit = findMisfit();
  if (misfit !== undefined)
    throw new NoBrowserError(`the Chromium of the packages does not run on ${misfit}`);
  const folder = await unpackedOnce('chromium', '@sparticuz/chromium');
  return { executablePath: join(folder, 'chromium'), libraries: join(folder, 'al2023/lib') };
}

/** What loads a program that was built with glibc. */
const GLIBC_LOADER = '/lib64/ld-linux-x86-64.so.2';

/** What this machine is, if the Chromium of the packages is not made for it. */
function findMisfit(): string | undefined {
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64') return `${platform} ${arch}`;
  return existsSync(GLIBC_LOADER) ? undefined : 'Linux without glibc';
}

const UNPACK = 'local/preview/unpack-browser.mjs';

/**
 * A folder of the project, which nobody else writes to, for each version of the package. It appears when it is whole: tests
 * that start at the same time do not meet in it.
 */
async function unpackedOnce(what: 'chromium' | 'fonts', packageName: string): Promise<string> {
  const packages = join(projectRoot(), 'node_modules');
  const folder = join(packages, '.cache', `browser-${what}-${versionOf(join(packages, packageName))}`);
  if (existsSync(folder)) return folder;
  mkdirSync(join(packages, '.cache'), { recursive: true });
  const unpacking = mkdtempSync(`${folder}-`);
  try {
    await promisify(execFile)(process.execPath, [join(projectRoot(), UNPACK), what, unpacking]);
    renameSync(unpacking, folder);
  } catch (error) {
    rmSync(unpacking, { recursive: true, force: true });
    // Somebody else was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function versionOf(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
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
