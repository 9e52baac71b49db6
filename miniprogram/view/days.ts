import dayjs from 'dayjs';
import { lastMomentMs } from '../text/shanghai-time';

const DAY_MS = 24 * 60 * 60 * 1000;
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;
/** A week is when people begin to plan. */
const HURRY_DAYS = 7;
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** Number of the calendar day in Asia/Shanghai, for differences. */
const dayNumber = (atMs: number): number => Math.floor((atMs + SHANGHAI_OFFSET_MS) / DAY_MS);

/** Today in Asia/Shanghai as '2026-11-24', wherever the phone is. */
export const toShanghaiDay = (atMs: number): string =>
  new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);

/** '2026年11月24日（周二）' for the calendar day '2026-11-24', which has no time zone. */
export function formatDay(day: string): string {
  const parsed = dayjs(day);
  return parsed.isValid() ? `${parsed.format('YYYY年M月D日')}（周${WEEKDAYS[parsed.day()]}）` : day;
}

/** Whole calendar days (Asia/Shanghai) from now to that last day: 0 is today. */
export const daysLeft = (untilMs: number, nowMs: number): number =>
  dayNumber(lastMomentMs(untilMs)) - dayNumber(nowMs);

/** '今天截止', '还剩3天'; empty when far off or over. */
export function daysLeftText(untilMs: number, nowMs: number): string {
  const left = daysLeft(untilMs, nowMs);
  if (left < 0 || left > HURRY_DAYS) return '';
  return left === 0 ? '今天截止' : `还剩${left}天`;
}
