/** Dates as texts, by formats such as `%Y-%m-%d` (MongoDB manual, "$dateToString", "Format Specifiers"). */
import { refuse } from '../refuse';
import { bsonTypeOf } from '../values';
import { parseIsoDate } from './conversions';
import { dateFields, fromZone, inZone, offsetMs } from './time-zones';

const DEFAULT_FORMAT = '%Y-%m-%dT%H:%M:%S.%L';
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

const pad = (value: number, digits: number) => String(value).padStart(digits, '0');

/** `shown` has the zone's fields as its UTC fields. */
type Specifier = (shown: Date, offsetMinutes: number) => string;

const SPECIFIERS: Readonly<Record<string, Specifier>> = {
  '%': () => '%',
  b: shown => (MONTHS[shown.getUTCMonth()] ?? '').slice(0, 3),
  B: shown => MONTHS[shown.getUTCMonth()] ?? '',
  d: shown => pad(shown.getUTCDate(), 2),
  G: shown => pad(dateFields.isoWeekYear(shown), 4),
  H: shown => pad(shown.getUTCHours(), 2),
  j: shown => pad(dateFields.dayOfYear(shown), 3),
  L: shown => pad(shown.getUTCMilliseconds(), 3),
  m: shown => pad(dateFields.month(shown), 2),
  M: shown => pad(shown.getUTCMinutes(), 2),
  S: shown => pad(shown.getUTCSeconds(), 2),
  u: shown => String(dateFields.isoDayOfWeek(shown)),
  U: shown => pad(dateFields.week(shown), 2),
  V: shown => pad(dateFields.isoWeek(shown), 2),
  w: shown => String(dateFields.dayOfWeek(shown)),
  Y: shown => pad(shown.getUTCFullYear(), 4),
  z: (_shown, minutes) =>
    `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60), 2)}${pad(Math.abs(minutes) % 60, 2)}`,
  Z: (_shown, minutes) => `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes), 3)}`,
};

/** Without a format it is ISO 8601, with `Z` if the zone is UTC. @throws AdminError for an unknown specifier */
export function formatDate(date: Date, zone: string, format?: string): string {
  const minutes = Math.round(offsetMs(zone, date) / 60_000);
  const shown = inZone(date, zone);
  const pattern = format ?? DEFAULT_FORMAT + (minutes === 0 ? 'Z' : '');
  return pattern.replace(/%([\s\S]?)/g, (_, letter: string) => {
    const specifier = Object.hasOwn(SPECIFIERS, letter) ? SPECIFIERS[letter] : undefined;
    if (!specifier) throw refuse(`Invalid format character '%${letter}' in format string`);
    return specifier(shown, minutes);
  });
}

/** Reads a date. @throws AdminError for a text that is none, or that names a zone beside the one given */
export function parseDate(text: unknown, zone: string, format: unknown, isZoneGiven: boolean): Date {
  if (typeof text !== 'string')
    throw refuse(`$dateFromString requires that 'dateString' be a string, found: ${bsonTypeOf(text)}`);
  if (format !== undefined && typeof format !== 'string')
    throw refuse(`$dateFromString requires that 'format' be a string, found: ${bsonTypeOf(format)}`);
  const parsed = format === undefined ? parseIsoDate(text) : parseByFormat(text, format);
  if (!parsed || Number.isNaN(parsed.getTime()))
    throw refuse(`Error parsing date string '${text}'; it does not have a format known here`);
  const hasZone = format === undefined ? /[T ].*(Z|[-+]\d{2}:?\d{2})$/.test(text) : /%[zZ]/.test(format);
  if (hasZone && isZoneGiven)
    throw refuse(
      `you cannot pass in a date/time string with time zone information ('${text}') together with a timezone argument`,
    );
  return hasZone ? parsed : fromZone(parsed, zone);
}

const READERS: Readonly<Record<string, string>> = {
  '%': '%',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  m: '(?<m>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  Y: '(?<Y>\\d{4})',
  z: '(?<z>[-+]\\d{2}:?\\d{2}|Z)',
  b: `(?<b>${MONTHS.map(month => month.slice(0, 3)).join('|')})`,
  B: `(?<B>${MONTHS.join('|')})`,
};

function parseByFormat(text: string, format: string): Date | null {
  const pattern = format.replace(/%([\s\S]?)|[^%]+/g, (part, letter?: string) => {
    if (letter === undefined) return part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    const reader = Object.hasOwn(READERS, letter) ? READERS[letter] : undefined;
    if (!reader)
      throw refuse(`Format specifier '%${letter}' of $dateFromString is not supported by the local database`);
    return reader;
  });
  const { groups } = new RegExp(`^${pattern}$`, 'i').exec(text) ?? {};
  return groups ? dateOfGroups(groups) : null;
}

function dateOfGroups(groups: Readonly<Record<string, string | undefined>>): Date | null {
  const part = (name: string, otherwise: number) => Number(groups[name] ?? otherwise);
  const named = (groups.b ?? groups.B)?.slice(0, 3).toLowerCase();
  const month = named ? MONTHS.findIndex(name => name.toLowerCase().startsWith(named)) + 1 : part('m', 1);
  const milliseconds = Number((groups.L ?? '0').padEnd(3, '0'));
  const date = new Date(0);
  date.setUTCFullYear(part('Y', 1970), month - 1, part('d', 1));
  const isReal =
    month >= 1 && month <= 12 && date.getUTCDate() === part('d', 1) && date.getUTCMonth() === month - 1;
  if (!isReal || part('H', 0) > 23 || part('M', 0) > 59 || part('S', 0) > 59) return null;
  date.setUTCHours(part('H', 0), part('M', 0), part('S', 0), milliseconds);
  return new Date(date.getTime() - (groups.z && groups.z !== 'Z' ? offsetMs(groups.z, date) : 0));
}
