import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);

/** Shandong keeps Beijing time all year: a fixed offset, no daylight saving. */
const BEIJING_OFFSET_MINUTES = 8 * 60;

const beijing = (atMs: number) => dayjs.utc(atMs).utcOffset(BEIJING_OFFSET_MINUTES);

/** The calendar day in Shandong: '2026-11-24'. */
export const dayOf = (atMs: number): string => beijing(atMs).format('YYYY-MM-DD');

/** The first moment of that day. */
export const startOfDayMs = (atMs: number): number => beijing(atMs).startOf('day').valueOf();

/**
 * The first moment after a period of whole days that begins with the day of `fromMs`:
 * one day ends at the coming midnight. A deadline has passed when now ≥ it.
 */
export const endOfDaysMs = (fromMs: number, days: number): number =>
  beijing(fromMs).startOf('day').add(days, 'day').valueOf();

/** True for a real calendar day written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = dayjs.utc(text);
  return day.isValid() && day.format('YYYY-MM-DD') === text;
}

/** The moment at which a clock in Shandong shows a time of day, 08:30, on a day 'YYYY-MM-DD'. */
export const momentOf = (day: string, timeOfDay: string): number =>
  Date.parse(`${day}T${timeOfDay}:00+08:00`);
