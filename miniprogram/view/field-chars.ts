import { LIMITS } from '../contract/limits';

const digitsIn = (numberMax: number): number => String(numberMax).length;

/** Characters that may be typed into a field. Numbers on cards and amounts leave room for the spaces and commas between. */
export const FIELD_CHARS_MAX = {
  name: LIMITS.nameCharsMax,
  personName: LIMITS.personNameCharsMax,
  place: LIMITS.placeCharsMax,
  remark: LIMITS.remarkCharsMax,
  reference: LIMITS.referenceCharsMax,
  hours: digitsIn(LIMITS.hoursMax),
  days: digitsIn(LIMITS.daysMax),
  graceDays: digitsIn(LIMITS.graceDaysMax),
  years: digitsIn(LIMITS.ageYearsMax),
  quota: 12,
  yuan: 20,
  idNumber: 24,
  voucherCode: 24,
  uscc: 24,
  channelNumber: 20,
  phone: 20,
  pinyin: LIMITS.pinyinCharsMax,
  email: LIMITS.emailCharsMax,
} as const;
