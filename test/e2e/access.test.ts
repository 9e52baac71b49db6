import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openDemo, type Demo } from '../../local/demo/demo';
import type { AppJson } from '../../local/preview/shared/mini-program-json';
import { CATALOGUE, type Screen } from '../../local/screens/catalogue';
import { groupBy } from '../../local/screens/group-by';
import { World } from '../../local/screens/world';
import { eachOf } from '../../local/stage/each';
import { projectRoot } from '../../local/stage/project-root';
import { walkScreens, type FoundViolation } from './support/access-walk';
import { describeInBrowser, launchBrowserForTests } from './support/browser';

jest.setTimeout(300_000);

const violations: FoundViolation[] = [];

/** Phones that walk at once: they mostly wait for their pages. */
const WALKERS = 3;
/** Both sides of a scan share a voucher, whose state the pages of one change for the other. */
const OF_A_SCAN: readonly string[] = ['school', 'ready'];

/** What one phone after another walks; the longest first, so that none is left alone at the end. */
const lanesOf = (screens: readonly Screen[]): Screen[][] =>
  groupBy(screens, ({ persona }) => (OF_A_SCAN.includes(persona) ? 'scan' : persona)).sort(
    (one, other) => other.length - one.length,
  );

const byPhone = (screens: readonly Screen[]): Screen[][] =>
  groupBy(screens, ({ persona, signedOut = false, ended = false }) => [persona, signedOut, ended].join());

const reportOf = (rules: readonly FoundViolation['rule'][]): string[] =>
  violations
    .filter(({ rule }) => rules.includes(rule))
    .map(({ screen, mode, control, figure }) => `${screen} (${mode}): ${control}: ${figure}`);

test('every page of the app is in the catalogue', async () => {
  const app = JSON.parse(readFileSync(join(projectRoot(), 'miniprogram/app.json'), 'utf8')) as AppJson;
  const inPackages = (app.subpackages ?? []).flatMap(({ root, pages }) =>
    pages.map(page => `${root}/${page}`),
  );
  const someCode = () => Promise.resolve('x');
  const noWorld = { id: () => 'x', freshCode: someCode, usedCode: someCode, oldCode: someCode };

  const urls = await Promise.all(CATALOGUE.map(({ url }) => url(noWorld)));

  const shown = new Set(urls.map(url => url.slice(1).split('?')[0]));
  expect([...app.pages, ...inPackages].filter(page => !shown.has(page))).toEqual([]);
});

describeInBrowser('on every page, in normal and in elder mode,', () => {
  let demo: Demo | undefined;
  let browser: Browser | undefined;
  const dataDir = mkdtempSync(join(tmpdir(), 'voucher-access-'));

  /** Each phone walks everything that its person may see; a person has one phone at a time. */
  beforeAll(async () => {
    browser = await launchBrowserForTests();
    demo = await openDemo({ dataDir, port: 0, watch: false, tell: () => undefined });
    const world = await World.explore(demo.stage);
    const walk = { browser, world, url: demo.stage.cloud.url };
    await eachOf(lanesOf(CATALOGUE), WALKERS, async lane => {
      for (const screens of byPhone(lane)) violations.push(...(await walkScreens(walk, screens)));
    });
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test.each<[string, FoundViolation['rule'][]]>([
    ['each control says what it is', ['name']],
    ['each control is large enough for a thumb', ['target']],
    ['text stands out from its ground', ['contrast']],
    ['elder mode has no small text', ['small text']],
    ['there is one main action at most', ['primary buttons']],
    ['there are no more nodes than an old phone bears', ['nodes']],
    ['the preview finds no mistake', ['preview errors', 'not reached']],
    ['nothing is asked of another machine', ['other machine']],
  ])('%s', (_, rules) => {
    expect(reportOf(rules)).toEqual([]);
  });
});
