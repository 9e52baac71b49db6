import { formatShanghaiClock } from '../text/shanghai-time';

/** '截至 10:05': others may have changed since what a page shows. */
export const asOfText = (loadedAtMs: number): string => `截至 ${formatShanghaiClock(loadedAtMs)}`;
