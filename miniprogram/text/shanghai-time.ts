/** China has used UTC+8 without daylight saving since 1992; phones abroad must show the same days as the office. */
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

const shanghaiClock = (atMs: number): Date => new Date(atMs + SHANGHAI_OFFSET_MS);

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** '2026年11月24日' in Asia/Shanghai. */
export function formatShanghaiDay(atMs: number): string {
  const clock = shanghaiClock(atMs);
  return `${clock.getUTCFullYear()}年${clock.getUTCMonth() + 1}月${clock.getUTCDate()}日`;
}

/** The last moment at which something that ends at `untilMs` can still be done: deadlines are the midnight after it. */
export const lastMomentMs = (untilMs: number): number => untilMs - 1;

/** The last day, '2026年11月24日', on which something that ends at `untilMs` can still be done. */
export const formatLastDay = (untilMs: number): string => formatShanghaiDay(lastMomentMs(untilMs));

/** '10:05' in Asia/Shanghai. */
export function formatShanghaiClock(atMs: number): string {
  const clock = shanghaiClock(atMs);
  return `${twoDigits(clock.getUTCHours())}:${twoDigits(clock.getUTCMinutes())}`;
}

/** '2026年11月24日 10:05' in Asia/Shanghai. */
export const formatShanghaiMinute = (atMs: number): string =>
  `${formatShanghaiDay(atMs)} ${formatShanghaiClock(atMs)}`;
