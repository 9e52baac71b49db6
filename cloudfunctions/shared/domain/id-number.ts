import { checkCharacterMod11 } from './check-character';
import { toHalfWidth } from './plain-text';

/** GB 11643-1999: six digits of place, eight of birth, three of order, one check character. */
const ID_NUMBER = /^\d{17}[\dX]$/;
const MONTHS_OF_30_DAYS = [4, 6, 9, 11];

/**
 * A citizen's ID number (公民身份号码) as people type it, in its normal form; undefined if it is none.
 * Checked: length, check character, a real day of birth. Not checked: the place, since codes of places that
 * no longer exist stay valid. Numbers of 15 digits lost their validity in 2013 and are refused.
 */
export const parseIdNumber = (text: string): string | undefined => {
  const idNumber = toHalfWidth(text).toUpperCase();
  if (!ID_NUMBER.test(idNumber)) return undefined;
  if (completeIdNumber(idNumber.slice(0, 17)) !== idNumber) return undefined;
  return isRealDay(birthDateOf(idNumber)) ? idNumber : undefined;
};

/** Puts the check character of GB 11643-1999 behind the first 17 digits. Throws a RangeError if they are no 17 digits. */
export const completeIdNumber = (first17: string): string => {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('An ID number starts with 17 digits');
  return first17 + checkCharacterMod11(first17);
};

/** Day of birth 'YYYY-MM-DD' in a parsed ID number. */
export const birthDateOf = (idNumber: string): string =>
  `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;

/**
 * Full years of age (周岁) on a day 'YYYY-MM-DD'; one more from the birthday on.
 * Who was born on 29 February gains the year on 1 March where there is no 29th.
 */
export const ageYearsOn = (idNumber: string, on: string): number => {
  const born = birthDateOf(idNumber);
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
};

/** '11010519491231002X' → '1101**********002X'; of anything else nothing is shown. */
export const maskIdNumber = (idNumber: string): string =>
  ID_NUMBER.test(idNumber)
    ? idNumber.slice(0, 4) + '*'.repeat(10) + idNumber.slice(14)
    : '*'.repeat(idNumber.length);

const isRealDay = (day: string): boolean => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysOfMonth(year, month);
};

const daysOfMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return MONTHS_OF_30_DAYS.includes(month) ? 30 : 31;
};

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
