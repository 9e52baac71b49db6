/** Columns to choose a day or a time from. */
export interface PickerColumns {
  columns: string[][];
  selected: number[];
  toValue(chosen: readonly number[]): string;
}

export interface CalendarRequest {
  value: string;
  start: string;
  end: string;
}

const YEARS_AROUND = 50;
const DAYS_MAX = 31;
const UNITS = ['年', '月', '日'];

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) + 1 }, (_, index) => from + index);

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** @param fields how exact the day is to be: `year`, `month` or `day`. */
export function dateColumns({
  value,
  start,
  end,
  fields,
}: CalendarRequest & { fields: string }): PickerColumns {
  const [today = ''] = new Date().toISOString().split('T');
  const partsOf = (text: string): number[] => text.split('-').map(Number);
  const [year = 0, month = 1, day = 1] = partsOf(/^\d{4}/.test(value) ? value : today);
  const [thisYear = 0] = partsOf(today);
  const years = range(
    partsOf(start)[0] || thisYear - YEARS_AROUND,
    partsOf(end)[0] || thisYear + YEARS_AROUND,
  );
  const numbers = [years, range(1, 12), range(1, DAYS_MAX)].slice(0, depthOf(fields));
  return {
    columns: numbers.map((column, index) => column.map(number => `${number}${UNITS[index]}`)),
    selected: [years.indexOf(year), month - 1, day - 1].map(index => Math.max(0, index)),
    toValue: chosen => toDay(numbers, chosen, { start, end }),
  };
}

const depthOf = (fields: string): number => ({ year: 1, month: 2 })[fields] ?? 3;

function toDay(
  numbers: readonly number[][],
  chosen: readonly number[],
  { start, end }: { start: string; end: string },
): string {
  const [year = 0, month, day] = numbers.map((column, index) => column[chosen[index] ?? 0] ?? 1);
  const lastDay = new Date(year, month ?? 1, 0).getDate();
  const parts = [year, month, day && Math.min(day, lastDay)].filter(part => part !== undefined);
  const text = parts.map(part => twoDigits(part)).join('-');
  if (start && text < start.slice(0, text.length)) return start.slice(0, text.length);
  return end && text > end.slice(0, text.length) ? end.slice(0, text.length) : text;
}

export function timeColumns({ value, start, end }: CalendarRequest): PickerColumns {
  const [hours, minutes] = [range(0, 23), range(0, 59)];
  const [hour = 0, minute = 0] = value.split(':').map(Number);
  return {
    columns: [hours.map(twoDigits), minutes.map(twoDigits)],
    selected: [hour || 0, minute || 0],
    toValue: chosen => {
      const time = `${twoDigits(chosen[0] ?? 0)}:${twoDigits(chosen[1] ?? 0)}`;
      if (start && time < start) return start;
      return end && time > end ? end : time;
    },
  };
}
