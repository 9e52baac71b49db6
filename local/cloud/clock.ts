import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CLOCK_FILE = 'clock.json';

/** The cloud's clock: the machine's, shifted. The shift lies in the data folder, so that a restart does not go back in time. */
export class CloudClock {
  readonly #file: string;
  #offsetMs: number;

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.#file = join(dataDir, CLOCK_FILE);
    this.#offsetMs = existsSync(this.#file) ? readOffset(this.#file) : 0;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  get nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Throws RangeError when the shift is not a whole number of milliseconds. */
  setOffset(offsetMs: number): void {
    if (!Number.isSafeInteger(offsetMs))
      throw new RangeError('offsetMs must be a whole number of milliseconds');
    this.#offsetMs = offsetMs;
    writeFileSync(`${this.#file}.tmp`, JSON.stringify({ offsetMs }));
    renameSync(`${this.#file}.tmp`, this.#file);
  }
}

function readOffset(file: string): number {
  const { offsetMs } = JSON.parse(readFileSync(file, 'utf8')) as { offsetMs: number };
  return offsetMs;
}
