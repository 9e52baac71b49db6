import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../local/preview/browser';
import { isLeftOut, leaveOutHint } from '../../support/left-out';

/** A test that runs in the browser of its suite: it fails where none starts. */
export const testInBrowser = isLeftOut('browser') ? test.skip : test;

/** The same for a suite, with all that it prepares. */
export const describeInBrowser = isLeftOut('browser') ? describe.skip : describe;

/** @throws Error that tells the cause and the way on where none starts */
export async function launchBrowserForTests(): Promise<Browser> {
  try {
    return await launchBrowser();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${leaveOutHint('browser')}`, {
      cause: error,
    });
  }
}
