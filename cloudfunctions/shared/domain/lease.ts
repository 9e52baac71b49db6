/** Nothing is held that far ahead, however much the clocks of two machines differ: a clock has been set back since. */
const HELD_MS_MAX = 3 * 60 * 1000;

/** Whether what is held for a short time, a job or a roster, still is. A clock that is set back frees it at once. */
export const isHeld = (untilMs: number, nowMs: number): boolean =>
  nowMs < untilMs && untilMs <= nowMs + HELD_MS_MAX;
