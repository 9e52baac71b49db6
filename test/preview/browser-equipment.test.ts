import { readFileSync, readlinkSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { projectRoot } from '../../local/stage/project-root';
import { launchBrowserForTests, testInBrowser } from '../e2e/support/browser';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowserForTests();
});

afterAll(async () => {
  await browser?.close();
});

interface Drawn {
  /** Fonts by which Chromium drew it, of which any may be a file of the packages. */
  fonts: { familyName: string; isCustomFont: boolean }[];
  pictures: string[];
}

/** Draws each text as a page does, in regular and bold. */
async function draw(texts: readonly string[], weight = 400): Promise<Drawn> {
  const page = await browser.newPage({ viewport: { width: 100, height: 60 } });
  try {
    const pictures: string[] = [];
    const fonts: Drawn['fonts'] = [];
    const session = await page.context().newCDPSession(page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    for (const text of texts) {
      await page.setContent(`<p style="font: ${weight} 32px sans-serif">${text}</p>`);
      pictures.push((await page.screenshot()).toString('base64'));
      const { root } = await session.send('DOM.getDocument');
      const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'p' });
      fonts.push(...(await session.send('CSS.getPlatformFontsForNode', { nodeId })).fonts);
    }
    return { pictures, fonts };
  } finally {
    await page.close();
  }
}

/** A code point that no font has: it comes out as a box. */
const NOT_A_CHARACTER = '\u{10fffd}';

testInBrowser('Chinese is drawn, and not as boxes', async () => {
  const { pictures, fonts } = await draw(['中', '国', '券', '〇', '·', NOT_A_CHARACTER]);

  expect(new Set(pictures).size).toBe(6);
  const families = new Set(fonts.slice(0, -1).map(({ familyName }) => familyName));
  expect([...families].filter(name => !name.startsWith('Noto Sans SC'))).toEqual([]);
});

testInBrowser('bold Chinese is bolder', async () => {
  const [regular, bold] = [await draw(['培训']), await draw(['培训'], 700)];

  expect(bold.pictures).not.toEqual(regular.pictures);
});

/** Files that the browser's own process has loaded. */
async function listLoadedLibraries(): Promise<string[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pid = processInfo.find(({ type }) => type === 'browser')?.id ?? 0;
  expect(readlinkSync(`/proc/${pid}/exe`)).toContain('chromium');
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8');
  return [...new Set(maps.match(/\/\S+\.so[.\d]*$/gm))];
}

/** What node itself stands on, and what takes part only if the machine has it. */
const OF_THE_C_LIBRARY = /\/(ld-linux|lib(c|m|dl|rt|pthread|gcc_s|resolv|nss_\w+)[.-])/;

const isPackaged = process.platform === 'linux' && process.arch === 'x64' && !process.env['CHROMIUM'];

(isPackaged ? testInBrowser : test.skip)(
  'the browser of the packages takes nothing from the machine but the C library',
  async () => {
    const loaded = await listLoadedLibraries();

    expect(loaded.some(path => path.endsWith('/libnss3.so'))).toBe(true);
    const others = loaded.filter(path => !OF_THE_C_LIBRARY.test(path));
    expect(others.filter(path => !path.startsWith(`${projectRoot()}/node_modules/`))).toEqual([]);
  },
);
