const SystemDate = Date;
let offsetMs = 0;

/** Lets the app live at the system's date, which the phones' page can move ahead. */
export function moveClock(newOffsetMs: number): void {
  if (offsetMs === 0 && newOffsetMs !== 0) globalThis.Date = ShiftedDate as DateConstructor;
  offsetMs = newOffsetMs;
}

class ShiftedDate extends SystemDate {
  constructor(...args: [] | [number]) {
    if (args.length === 0) super(SystemDate.now() + offsetMs);
    else super(...args);
  }

  static override now(): number {
    return SystemDate.now() + offsetMs;
  }

  /** Dates made before the clock was moved, or by the browser, are dates too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return SystemDate[Symbol.hasInstance](value);
  }
}
