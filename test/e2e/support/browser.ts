import type { Browser } from 'playwright-core';
import { launchBrowser, NoBrowserError } from '../../../local/preview/browser';

/**
 * Starts a browser: under CI tests must have one, elsewhere they say why they do not run.
 * @returns undefined when none starts
 */
export async function launchBrowserForTests(): Promise<Browser | undefined> {
  try {
    return await launchBrowser();
  } catch (error) {
    if (process.env['CI'] || !(error instanceof NoBrowserError)) throw error;
    console.warn(`browser tests are left out: ${error.message}`);
    return undefined;
  }
}
