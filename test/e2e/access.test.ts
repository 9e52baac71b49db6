import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openDemo, type Demo } from '../../local/demo/demo';
import type { AppJson } from '../../local/preview/shared/mini-program-json';
import { CATALOGUE, type Screen } from '../../local/screens/catalogue';
import { groupBy } from '../../local/screens/group-by';
import { World } from '../../local/screens/world';
import { projectRoot } from '../../local/stage/project-root';
import { walkScreens, type FoundViolation } from './support/access-walk';
import { launchBrowserForTests } from './support/browser';

jest.setTimeout(300_000);

let demo: Demo | undefined;
let browser: Browser | undefined;
const violations: FoundViolation[] = [];
const dataDir = mkdtempSync(join(tmpdir(), 'voucher-access-'));

/** One phone after the other: each walks everything that its person may see. */
beforeAll(async () => {
  browser = await launchBrowserForTests();
  if (!browser) return;
  demo = await openDemo({ dataDir, port: 0, watch: false, tell: () => undefined });
  const world = await World.explore(demo.stage);
  for (const screens of byPhone(CATALOGUE)) {
    violations.push(...(await walkScreens({ browser, world, url: demo.stage.cloud.url }, screens)));
  }
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const byPhone = (screens: readonly Screen[]): Screen[][] =>
  groupBy(screens, ({ persona, signedOut = false }) => `${persona} ${signedOut}`);

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

describe('on every page, in normal and in elder mode,', () => {
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
