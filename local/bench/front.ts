import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openDemo } from '../demo/demo';
import { launchBrowser } from '../preview/browser';
import { CATALOGUE, type Screen } from '../screens/catalogue';
import { groupBy } from '../screens/group-by';
import type { HookedWindow } from '../screens/page-hooks';
import { ScreenPhone } from '../screens/screen-phone';
import { findWrongState, reach } from '../screens/take-screens';
import { personaOf, World, type CastName } from '../screens/world';
import { readWeights, timeCodeDrawing, timeScan, weighSetData } from './front-hooks';
import { measurePackages } from './front-packages';

export interface FrontMeasure {
  name: string;
  value: number;
  unit: 'KB' | 'calls' | 'bytes' | 'nodes' | 'ms';
  budget: number;
  ok: boolean;
}

export interface FrontReport {
  measures: FrontMeasure[];
  /** What a cold start on the home page calls, in this order, beyond what it waits for too. */
  homeCalls: string[];
  /** The heaviest screen of each page. */
  pages: { page: string; setDataBytes: number; nodes: number }[];
}

const PACKAGE_KB = 1024;
const ALL_PACKAGES_KB = 2048;
const HOME_CALLS = 2;
const SET_DATA_BYTES = 32 * 1024;
const NODES = 799;
const DRAWING_MS = 50;
const DRAWINGS = 15;
/** Scan and answer in the preview, where the cloud is on the same machine. */
const SCAN_MS = 1_000;
const WIDTH_PX = 375;

interface Laboratory {
  browser: Browser;
  world: World;
  /** Address of the front. */
  url: string;
}

/** Sizes, calls and times of the pages, beside their budgets. */
export async function benchFront(): Promise<FrontReport> {
  const packages = await measurePackages();
  const dataDir = mkdtempSync(join(tmpdir(), 'voucher-bench-front-'));
  const demo = await openDemo({ dataDir, port: 0, watch: false, tell: () => undefined });
  try {
    const browser = await launchBrowser();
    try {
      const world = await World.explore(demo.stage);
      const inBrowser = await measurePages({ browser, world, url: demo.stage.cloud.url });
      return { ...inBrowser, measures: [...toPackageMeasures(packages), ...inBrowser.measures] };
    } finally {
      await browser.close();
    }
  } finally {
    await demo.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const measure = (
  name: string,
  value: number,
  { unit, budget }: Pick<FrontMeasure, 'unit' | 'budget'>,
): FrontMeasure => ({ name, value, unit, budget, ok: value <= budget });

function toPackageMeasures(packages: Awaited<ReturnType<typeof measurePackages>>): FrontMeasure[] {
  const kb = packages.reduce((sum, { kb: size }) => sum + size, 0);
  return [
    ...packages.map(({ root, kb: size }) =>
      measure(root === '' ? 'main package' : `subpackage ${root}`, size, { unit: 'KB', budget: PACKAGE_KB }),
    ),
    measure('all packages', Math.round(kb * 10) / 10, { unit: 'KB', budget: ALL_PACKAGES_KB }),
  ];
}

async function measurePages(laboratory: Laboratory): Promise<FrontReport> {
  const pages = await weighPages(laboratory);
  const homeCalls = await listHomeCalls(laboratory);
  const heaviest = (pick: (page: FrontReport['pages'][number]) => number): number =>
    Math.max(...pages.map(pick));
  return {
    measures: [
      measure('calls until home is usable', homeCalls.untilReady, {
        unit: 'calls',
        budget: HOME_CALLS,
      }),
      measure(
        'largest setData',
        heaviest(({ setDataBytes }) => setDataBytes),
        { unit: 'bytes', budget: SET_DATA_BYTES },
      ),
      measure(
        'most nodes on a page',
        heaviest(({ nodes }) => nodes),
        { unit: 'nodes', budget: NODES },
      ),
      measure('scan to answer', await measureScan(laboratory), { unit: 'ms', budget: SCAN_MS }),
      measure('drawing of the code (median)', await measureDrawing(laboratory), {
        unit: 'ms',
        budget: DRAWING_MS,
      }),
    ],
    homeCalls: homeCalls.all,
    pages,
  };
}

async function onPhone<T>(
  { browser, url }: Laboratory,
  persona: CastName,
  work: (phone: ScreenPhone) => Promise<T>,
): Promise<T> {
  const phone = await ScreenPhone.open(browser, { url, persona: personaOf(persona), widthPx: WIDTH_PX });
  try {
    return await work(phone);
  } finally {
    await phone.close();
  }
}

/** A cold start on the home page, as somebody who has a voucher. */
async function listHomeCalls({ browser, url }: Laboratory): Promise<{ untilReady: number; all: string[] }> {
  const phone = await ScreenPhone.open(browser, {
    url,
    persona: personaOf('ready'),
    widthPx: WIDTH_PX,
    startPage: '/pages/home/home',
  });
  try {
    return await phone.page.evaluate(() => {
      const { calls, callsUntilReady } = (window as unknown as HookedWindow).screenHooks;
      return { untilReady: callsUntilReady ?? calls.length, all: calls };
    });
  } finally {
    await phone.close();
  }
}

async function weighPages(laboratory: Laboratory): Promise<FrontReport['pages']> {
  const pages = new Map<string, FrontReport['pages'][number]>();
  const screens = CATALOGUE.filter(({ signedOut, ended }) => !signedOut && !ended);
  for (const group of groupBy(screens, ({ persona }) => persona)) {
    for (const weighed of await weighGroup(laboratory, group)) {
      const before = pages.get(weighed.page);
      pages.set(weighed.page, {
        page: weighed.page,
        setDataBytes: Math.max(weighed.setDataBytes, before?.setDataBytes ?? 0),
        nodes: Math.max(weighed.nodes, before?.nodes ?? 0),
      });
    }
  }
  return [...pages.values()];
}

async function weighGroup(laboratory: Laboratory, screens: readonly Screen[]): Promise<FrontReport['pages']> {
  const [first] = screens;
  if (!first) return [];
  return onPhone(laboratory, first.persona, async phone => {
    await phone.page.evaluate(weighSetData);
    const weighed: FrontReport['pages'] = [];
    for (const screen of screens) {
      await reach(phone, screen, laboratory);
      const { route, state } = await phone.report();
      const wrongState = findWrongState(screen, state);
      // What an empty or failed page costs says nothing of the page.
      if (wrongState !== undefined) throw new Error(`${screen.name} ${wrongState}`);
      weighed.push({ page: route, ...(await phone.page.evaluate(readWeights)) });
    }
    return weighed;
  });
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

function measureScan(laboratory: Laboratory): Promise<number> {
  return onPhone(laboratory, 'school', async phone => {
    await phone.show('/pages/scan/scan');
    return round(await phone.page.evaluate(timeScan, await laboratory.world.freshCode()));
  });
}

function measureDrawing(laboratory: Laboratory): Promise<number> {
  return onPhone(laboratory, 'ready', async phone => {
    await laboratory.world.giveBack();
    await phone.show(`/worker/code/code?id=${encodeURIComponent(laboratory.world.id('mine:ready'))}`);
    const drawings = await phone.page.evaluate(timeCodeDrawing, DRAWINGS);
    return round(drawings.sort((a, b) => a - b)[Math.floor(drawings.length / 2)] ?? 0);
  });
}
