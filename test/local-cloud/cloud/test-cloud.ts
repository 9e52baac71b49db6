import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud, type Cloud, type CloudOptions } from '../../../local/cloud/cloud';

// Each cloud is several processes and threads that load the SDK: slow on a busy machine, never stuck.
jest.setTimeout(60_000);

const PROJECT_ROOT = join(__dirname, '../../..');

/** A function of a test: the text of its index.js and, where it matters, its config.json. */
export interface TestFunction {
  readonly source: string;
  readonly config?: object;
}

export interface TestCloud extends Cloud {
  /** Folder of everything that the test wrote; removed by {@link stopTestCloud}. */
  readonly dir: string;
}

/** Starts a cloud with the given functions in a folder of its own. Timers fire by hand only. */
export async function startTestCloud(
  functions: Readonly<Record<string, TestFunction>>,
  options: Partial<CloudOptions> & { cloudbaserc?: object } = {},
): Promise<TestCloud> {
  const dir = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  // The bundles find the SDK as a deployed function finds its installed packages: in a folder above.
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(dir, 'node_modules'));
  for (const [name, { source, config }] of Object.entries(functions)) {
    mkdirSync(join(dir, 'functions', name), { recursive: true });
    writeFileSync(join(dir, 'functions', name, 'index.js'), source);
    if (config) writeFileSync(join(dir, 'functions', name, 'config.json'), JSON.stringify(config));
  }
  mkdirSync(join(dir, 'functions'), { recursive: true });
  const { cloudbaserc, ...rest } = options;
  const configFile = join(dir, 'cloudbaserc.json');
  if (cloudbaserc) writeFileSync(configFile, JSON.stringify(cloudbaserc));
  const cloud = await startCloud({
    dataDir: join(dir, 'data'),
    functionsRoot: join(dir, 'functions'),
    timers: 'manual',
    ...(cloudbaserc && { configFile }),
    ...rest,
  });
  return Object.defineProperty(cloud, 'dir', { value: dir }) as TestCloud;
}

export async function stopTestCloud(cloud: TestCloud): Promise<void> {
  await cloud.close();
  rmSync(cloud.dir, { recursive: true, force: true });
}

/** Calls a function over HTTP, as a mini-program's client does. */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; headers: Headers; answer: unknown }> {
  const response = await fetch(url, { method: 'POST', body, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, answer: JSON.parse(text) as unknown };
}
