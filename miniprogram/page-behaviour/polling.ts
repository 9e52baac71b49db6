/** Repeats a question until it says 'stop', at most so many times once it was started. Never two at a time; a page starts it when shown and stops it when hidden. */
export class Polling {
  readonly #ask: () => Promise<'again' | 'stop'>;
  readonly #everyMs: number;
  readonly #timesMax: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;
  #times = 0;

  constructor(everyMs: number, ask: () => Promise<'again' | 'stop'>, timesMax = Infinity) {
    this.#everyMs = everyMs;
    this.#timesMax = timesMax;
    this.#ask = ask;
  }

  start(): void {
    this.stop();
    this.#times = 0;
    this.#plan(this.#round);
  }

  stop(): void {
    this.#round++;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
  }

  #plan(round: number): void {
    this.#timer = setTimeout(() => void this.#run(round), this.#everyMs);
  }

  async #run(round: number): Promise<void> {
    // A question that throws is a bug elsewhere; it must not end the polling silently in the middle of work.
    const said = await this.#ask().catch(() => 'again' as const);
    if (said === 'again' && round === this.#round && ++this.#times < this.#timesMax) this.#plan(round);
  }
}
