import { existsSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import type { DataFolder } from './data-folder';
import { readSettings } from './start-error';

const CLOCK_FILE = 'clock.json';
const UNFINISHED_FILE = `${CLOCK_FILE}.tmp`;
const Kept = v.object({ offsetMs: v.pipe(v.number(), v.safeInteger()) });

/** The cloud's clock: the machine's, shifted. The shift lies in the data folder, so that a restart does not go back in time. */
export class CloudClock {
  readonly #file: string;
  readonly #unfinished: string;
  #offsetMs: number;

  /** @throws StartError when the kept shift cannot be read */
  constructor(folder: DataFolder) {
    this.#file = folder.pathOf(CLOCK_FILE);
    this.#unfinished = folder.pathOf(UNFINISHED_FILE);
    this.#offsetMs = existsSync(this.#file) ? readSettings(this.#file, Kept).offsetMs : 0;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  get nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /**
   * Keeps a shift that could not be written out of the clock too: it would go back with the next start.
   * Throws RangeError when it is not a whole number of milliseconds, and the system's own error when it cannot be kept.
   */
  setOffset(offsetMs: number): void {
    if (!Number.isSafeInteger(offsetMs))
      throw new RangeError('offsetMs must be a whole number of milliseconds');
    writeFileSync(this.#unfinished, JSON.stringify({ offsetMs }));
    renameSync(this.#unfinished, this.#file);
    this.#offsetMs = offsetMs;
  }
}
