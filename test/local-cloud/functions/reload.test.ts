/** A function whose bundle is built anew while the cloud runs. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestCloud, stopTestCloud, type TestCloud } from '../cloud/test-cloud';
import { until } from '../until';

/** Answers its version, after a file has appeared where it is told to wait for one. */
const versioned = (version: string): string => `
  const { existsSync, writeFileSync } = require('node:fs');
  exports.main = async event => {
    if (event.begun) writeFileSync(event.begun, '');
    while (event.until && !existsSync(event.until)) await new Promise(resolve => setTimeout(resolve, 5));
    return '${version}';
  };
`;

let cloud: TestCloud;
let told: [string, string | undefined][];
beforeEach(async () => {
  told = [];
  cloud = await startTestCloud(
    { report: { source: versioned('first') } },
    { onReloaded: (name, failure) => told.push([name, failure]) },
  );
});
afterEach(() => stopTestCloud(cloud));

const bundle = (): string => join(cloud.dir, 'functions/report/index.js');
const build = (source: string): void => writeFileSync(bundle(), source);
const call = async (event: object = {}): Promise<unknown> =>
  (await cloud.callFunction('report', event)).result;

test('the next call runs the new bundle, a call under way ends on the old one', async () => {
  const [begun, go] = [join(cloud.dir, 'begun'), join(cloud.dir, 'go')];
  const underWay = call({ begun, until: go });
  await until(() => existsSync(begun));

  build(versioned('second'));
  const next = await Promise.all([call(), call(), call()]);
  writeFileSync(go, '');

  expect(next).toEqual(['second', 'second', 'second']);
  expect(await underWay).toBe('first');
  expect(await call()).toBe('second');
  expect(told).toEqual([['report', undefined]]);
});

test.each([
  ['does not parse', 'exports.main = () => {', 'SyntaxError: '],
  ['throws while it loads', 'throw new RangeError("no");', 'RangeError: no'],
  ['has no main', 'exports.other = 1;', 'does not export a function named main'],
  ['ends the instance', 'process.exit(1);', 'exited with code 1'],
])('a bundle that %s is told once, and the old one goes on until it is mended', async (_, source, reason) => {
  await call();

  build(source);
  const meanwhile = [await call(), await call()];
  build(versioned('mended'));

  expect(meanwhile).toEqual(['first', 'first']);
  expect(await call()).toBe('mended');
  expect(told).toEqual([
    ['report', expect.stringContaining(reason)],
    ['report', undefined],
  ]);
});

test('a cold start meanwhile runs what the others run', async () => {
  await call();
  build('throw new Error("broken");');
  await call();

  await cloud.restartInstances();

  expect(await call()).toBe('first');
});

test('a bundle that is missing, empty or the same just now changes nothing', async () => {
  await call();
  rmSync(bundle());
  const without = await call();
  build('');
  const empty = await call();
  build(versioned('first'));
  const same = await call();

  expect([without, empty, same]).toEqual(['first', 'first', 'first']);
  expect(told).toEqual([]);
});

test('a function that was broken from the start runs once it is mended', async () => {
  const broken = await startTestCloud({ report: { source: 'throw new Error("broken");' } });
  await expect(broken.callFunction('report', {})).rejects.toMatchObject({ errCode: -504002 });

  writeFileSync(join(broken.dir, 'functions/report/index.js'), versioned('mended'));
  const { result } = await broken.callFunction('report', {});
  await stopTestCloud(broken);

  expect(result).toBe('mended');
});

test('a bundle may require and import as a file may', async () => {
  build(`
    const { name } = require('./package.json');
    exports.main = async () => [name, typeof (await import('node:fs')).readFileSync, __filename, this === exports];
  `);
  writeFileSync(join(cloud.dir, 'functions/report/package.json'), '{"name":"report"}');

  expect(await call()).toEqual(['report', 'function', bundle(), true]);
});
