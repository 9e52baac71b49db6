/** Pictures of every page in every role and state. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { openDemo, type Demo } from './demo/demo';
import { launchBrowser } from './preview/browser';
import { CATALOGUE } from './screens/catalogue';
import { pictureDocs } from './screens/docs-images';
import { groupShots, shotsOf, takeGroup, type Shot, type ShotProblem } from './screens/take-screens';
import { World } from './screens/world';
import { projectRoot } from './stage/project-root';

const HELP = `npm run screens -- [--out DIR] [--page PATTERN] [--docs]

Takes a picture of every page, for everybody who uses it and in every state that made-up data reaches. Uses the data
in .data/screens where that folder exists, otherwise a fresh system that is thrown away afterwards.
  --out DIR       where the pictures go, screens/ unless told
  --page PATTERN  only those whose name matches this regular expression
  --docs          renews the few pictures of docs/images instead`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(projectRoot(), 'screens') },
      page: { type: 'string', default: '' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const wanted = new RegExp(values.page);
  const shots = CATALOGUE.flatMap(shotsOf).filter(({ file }) => wanted.test(file));
  if (shots.length === 0) throw new Error(`no picture is named like ${values.page}`);
  const browser = await launchBrowser();
  try {
    await withDemo(async demo => {
      if (values.docs) return pictureDocs(browser, demo, join(projectRoot(), 'docs/images'));
      await takeAll({ browser, demo, outDir: values.out }, shots);
    });
  } finally {
    await browser.close();
  }
}

async function withDemo(work: (demo: Demo) => Promise<void>): Promise<void> {
  const kept = join(projectRoot(), '.data/screens');
  const dataDir = existsSync(kept) ? kept : mkdtempSync(join(tmpdir(), 'voucher-screens-'));
  const demo = await openDemo({ dataDir, port: 0, watch: false, tell: text => console.log(text) });
  try {
    await work(demo);
  } finally {
    await demo.close();
    if (dataDir !== kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Equipment {
  browser: Browser;
  demo: Demo;
  outDir: string;
}

async function takeAll(
  { browser, demo: { stage }, outDir }: Equipment,
  shots: readonly Shot[],
): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const world = await World.explore(stage);
  const problems: ShotProblem[] = [];
  for (const group of groupShots(shots)) {
    const found = await takeGroup({ browser, world, url: stage.cloud.url, outDir }, group);
    for (const { file, problem } of found) console.log(`${file}: ${problem}`);
    problems.push(...found);
  }
  console.log(`${shots.length} pictures in ${outDir}, ${problems.length} remarks`);
  if (problems.some(({ isGrave }) => isGrave)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
