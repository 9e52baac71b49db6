/** Moments as calendars and clocks of a time zone show them: an Olson name, or an offset such as +08:00. */
import { isPlainObject } from '../../document-values';
import { refuse } from '../refuse';
import { bsonTypeOf, isNullish } from '../values';

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;
const OFFSET = /^([-+])(\d{2}):?(\d{2})?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, era: 'short', ...fields, ...clock });
    formats.set(zone, format);
    return format;
  } catch {
    throw refuse(`unrecognized time zone identifier: "${zone}"`);
  }
}

/** How far the clocks of a zone are ahead of UTC at a moment, milliseconds. @throws AdminError for an unknown zone */
export function offsetMs(zone: string, date: Date): number {
  const [, sign, hours, minutes = '0'] = OFFSET.exec(zone) ?? [];
  if (sign) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MS_PER_MINUTE;
  if (['UTC', 'GMT', 'Z'].includes(zone)) return 0;
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: string) => Number(parts[name]);
  const year = parts.era === 'BC' ? 1 - part('year') : part('year');
  const shown = new Date(0);
  shown.setUTCFullYear(year, part('month') - 1, part('day'));
  shown.setUTCHours(part('hour'), part('minute'), part('second'));
  return shown.getTime() - Math.floor(date.getTime() / 1000) * 1000;
}

/** The moment at which the clocks of a zone show what UTC shows at `shown`. */
export function fromZone(shown: Date, zone: string): Date {
  const guess = new Date(shown.getTime() - offsetMs(zone, shown));
  return new Date(shown.getTime() - offsetMs(zone, guess));
}

/** A date whose UTC fields are those that the zone shows. */
export const inZone = (date: Date, zone: string): Date => new Date(date.getTime() + offsetMs(zone, date));

/** The zone that an expression named; UTC when it named none, null when it is null or missing. */
export function zoneOf(value: unknown): string | null {
  if (isNullish(value)) return null;
  if (typeof value !== 'string')
    throw refuse(`timezone must evaluate to a string, found ${bsonTypeOf(value)}`);
  return value;
}

/** @throws AdminError for a value that is no date */
export function dateOf(value: unknown): Date {
  if (value instanceof Date) return value;
  throw refuse(`can't convert from BSON type ${isPlainObject(value) ? 'object' : bsonTypeOf(value)} to Date`);
}

/** Fields of a date that is already shifted to its zone. */
export const dateFields = {
  dayOfMonth: (date: Date) => date.getUTCDate(),
  /** 1 (Sunday) to 7. */
  dayOfWeek: (date: Date) => date.getUTCDay() + 1,
  dayOfYear: (date: Date) =>
    Math.floor((date.getTime() - startOfYear(date.getUTCFullYear())) / MS_PER_DAY) + 1,
  hour: (date: Date) => date.getUTCHours(),
  /** 1 (Monday) to 7. */
  isoDayOfWeek: (date: Date) => date.getUTCDay() || 7,
  isoWeek: (date: Date) => Math.floor((dateFields.dayOfYear(thursdayOf(date)) - 1) / 7) + 1,
  isoWeekYear: (date: Date) => thursdayOf(date).getUTCFullYear(),
  millisecond: (date: Date) => date.getUTCMilliseconds(),
  minute: (date: Date) => date.getUTCMinutes(),
  month: (date: Date) => date.getUTCMonth() + 1,
  second: (date: Date) => date.getUTCSeconds(),
  /** Weeks begin on Sunday; the days before the first Sunday are week 0. */
  week: (date: Date) => Math.floor((dateFields.dayOfYear(date) + 6 - date.getUTCDay()) / 7),
  year: (date: Date) => date.getUTCFullYear(),
} as const;

function startOfYear(year: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, 1);
  return date.getTime();
}

/** A week belongs to the year of its Thursday. */
const thursdayOf = (date: Date) => new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * MS_PER_DAY);
