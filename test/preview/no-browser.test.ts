import type * as BrowserSupport from '../e2e/support/browser';
import { launchBrowserForTests } from '../e2e/support/browser';

const mockLaunch = jest.fn<Promise<unknown>, []>();
jest.mock('playwright-core', () => ({ chromium: { launch: () => mockLaunch() } }));

beforeEach(() => mockLaunch.mockReset());

test('where no browser starts, tests fail with what it said and with the way to leave them out', async () => {
  mockLaunch.mockRejectedValue(
    new Error(
      'browserType.launch: Target page has been closed\n[pid=7][err] error while loading shared libraries: libnss3.so',
    ),
  );

  await expect(launchBrowserForTests()).rejects.toThrow(/libnss3\.so[^]*WITHOUT=browser/);
});

test('a browser that draws Chinese as boxes is none', async () => {
  const page = { evaluate: () => Promise.resolve(false), close: () => Promise.resolve() };
  const close = jest.fn(() => Promise.resolve());
  mockLaunch.mockResolvedValue({ newPage: () => Promise.resolve(page), close });

  await expect(launchBrowserForTests()).rejects.toThrow(/no font for Chinese/);
  expect(close).toHaveBeenCalledTimes(mockLaunch.mock.calls.length);
});

describe('tests that need a browser', () => {
  const before = process.env['WITHOUT'];
  afterEach(() => {
    if (before === undefined) delete process.env['WITHOUT'];
    else process.env['WITHOUT'] = before;
  });

  function supportWithout(what: string): typeof BrowserSupport {
    process.env['WITHOUT'] = what;
    let support: typeof BrowserSupport | undefined;
    jest.isolateModules(() => {
      support = jest.requireActual<typeof BrowserSupport>('../e2e/support/browser');
    });
    if (!support) throw new Error('not loaded');
    return support;
  }

  test.each(['', 'wxml-compiler'])('run (WITHOUT=%s)', what => {
    expect(supportWithout(what).testInBrowser).toBe(test);
  });

  test('are skipped where that is said', () => {
    expect(supportWithout('browser,wxml-compiler').testInBrowser).toBe(test.skip);
    expect(supportWithout('browser').describeInBrowser).toBe(describe.skip);
  });

  test('are not left out by a word that means nothing', () => {
    expect(() => supportWithout('chromium')).toThrow(/browser and wxml-compiler/);
  });
});
