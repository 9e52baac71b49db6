import { toCodeText, toOneLine } from '../../../miniprogram/contract/plain-text';
import { isDay } from './calendar';
import { checkCharacterMod11 } from './check-character';
import type { CellReading } from './column';

/**
 * GB 11643-1999: six digits of place, eight of birth, three of order, one check character. Residence permits of people
 * from Hong Kong, Macao and Taiwan (81, 82, 83) and, since 2023, the residence cards of foreigners (9) have the same form.
 */
const ID_NUMBER = /^\d{17}[\dX]$/;
/**
 * Residence card of foreigners (外国人永久居留身份证) issued before December 2023: three letters of nationality, four digits of
 * place, six of birth, one of order, one check digit.
 */
const FOREIGNER_CARD = /^[A-Z]{3}\d{12}$/;
/** Nobody is known to have grown older. */
const AGE_YEARS_POSSIBLE_MAX = 120;

/** Why a text is no ID number of somebody who can be alive. */
export type IdNumberFault =
  | 'missing'
  | 'fifteen_digits'
  | 'rounded'
  | 'form'
  | 'check_character'
  | 'birth_day'
  | 'birth_in_future'
  | 'birth_too_long_ago';

/**
 * The ID number (公民身份号码, or what a foreigner has in its place) in its normal form, judged on a day 'YYYY-MM-DD'. It is read
 * as people type it: with blanks, hyphens, quotes, a line break, in full width, with a small x or `.0` behind it.
 * Not checked: the place, since codes of places that no longer exist stay valid.
 * @returns id_number_invalid {fault}.
 */
export function readIdNumber(text: string, on: string): CellReading<string> {
  const idNumber = toNormalForm(text);
  const fault = findFault(idNumber) ?? findFaultOfAge(idNumber, on);
  return fault === undefined
    ? { ok: true, data: idNumber }
    : { ok: false, error: { code: 'id_number_invalid', data: { fault } } };
}

/** As {@link readIdNumber}, on whatever day; undefined if it is none. */
export const parseIdNumber = (text: string): string | undefined => {
  const idNumber = toNormalForm(text);
  return findFault(idNumber) === undefined ? idNumber : undefined;
};

/** A number that a program has written as a decimal one still has all its digits. */
const toNormalForm = (text: string): string => toCodeText(toOneLine(text).replace(/[.．]0+$/, ''));

function findFault(idNumber: string): IdNumberFault | undefined {
  if (idNumber === '') return 'missing';
  if (/^\d{15}$/.test(idNumber)) return 'fifteen_digits';
  if (/^\d(\.\d+)?E\+?\d+$/.test(idNumber)) return 'rounded';
  if (!ID_NUMBER.test(idNumber) && !FOREIGNER_CARD.test(idNumber)) return 'form';
  if (birthDaysOf(idNumber).length === 0) return 'birth_day';
  return hasItsCheckCharacter(idNumber) ? undefined : 'check_character';
}

function findFaultOfAge(idNumber: string, on: string): IdNumberFault | undefined {
  const born = birthDateOf(idNumber, on);
  if (born > on) return 'birth_in_future';
  return ageYearsOn(idNumber, on) > AGE_YEARS_POSSIBLE_MAX ? 'birth_too_long_ago' : undefined;
}

const hasItsCheckCharacter = (idNumber: string): boolean =>
  (FOREIGNER_CARD.test(idNumber)
    ? completeForeignerCard(idNumber.slice(0, -1))
    : completeIdNumber(idNumber.slice(0, -1))) === idNumber;

/** Puts the check character of GB 11643-1999 behind the first 17 digits. Throws a RangeError if they are no 17 digits. */
export const completeIdNumber = (first17: string): string => {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('An ID number starts with 17 digits');
  return first17 + checkCharacterMod11(first17);
};

const WEIGHTS = [7, 3, 1] as const;

/**
 * Puts the check digit of a foreigner's old card behind the 14 characters before it: weights 7, 3, 1 as in machine-readable
 * passports (ICAO 9303), letters counting from A = 10.
 */
export const completeForeignerCard = (first14: string): string => {
  const sum = [...first14].reduce(
    (total, character, at) => total + Number.parseInt(character, 36) * (WEIGHTS[at % WEIGHTS.length] ?? 0),
    0,
  );
  return first14 + String(sum % 10);
};

/** The real days of birth, 'YYYY-MM-DD', that a number can mean, latest first: an old card has no century. */
function birthDaysOf(idNumber: string): string[] {
  const isCard = FOREIGNER_CARD.test(idNumber);
  const digits = idNumber.slice(isCard ? 7 : 6, isCard ? 13 : 14);
  const written = isCard ? [`20${digits}`, `19${digits}`] : [digits];
  return written
    .map(day => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`)
    .filter(day => day >= '0001' && isDay(day));
}

/** Day of birth 'YYYY-MM-DD' in a parsed ID number. Where it has no century, the latest that is not after the given day. */
export function birthDateOf(idNumber: string, on: string): string {
  const days = birthDaysOf(idNumber);
  return days.find(day => day <= on) ?? days.at(-1) ?? '';
}

/**
 * Full years of age (周岁) on a day 'YYYY-MM-DD'; one more from the birthday on.
 * Who was born on 29 February gains the year on 1 March where there is no 29th.
 */
export const ageYearsOn = (idNumber: string, on: string): number => {
  const born = birthDateOf(idNumber, on);
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
};

/** '11010519491231002X' → '1101**********002X', 'USA370088010111' → 'USA**********11'; of anything else nothing is shown. */
export const maskIdNumber = (idNumber: string): string => {
  if (ID_NUMBER.test(idNumber)) return idNumber.slice(0, 4) + '*'.repeat(10) + idNumber.slice(14);
  if (FOREIGNER_CARD.test(idNumber)) return idNumber.slice(0, 3) + '*'.repeat(10) + idNumber.slice(13);
  return '*'.repeat(idNumber.length);
};
