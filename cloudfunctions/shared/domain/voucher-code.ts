import type { CityCode } from '../../../miniprogram/contract/areas';
import { checkCharacterMod11 } from './check-character';
import { toCodeText } from '../../../miniprogram/contract/plain-text';

const BODY = /^\d{18}$/;

export interface VoucherCodeParts {
  cityCode: CityCode;
  /** Year of issue, four digits. */
  year: number;
  /** Ten random digits: 10^10 per city and year make guessing and collisions rare; the index makes them harmless. */
  random: string;
}

/**
 * 券码 (唯一码): city code (4), year of issue (4), random digits (10), check character (ISO/IEC 7064 MOD 11-2).
 * The check character catches every single wrong character and every swap of neighbours.
 * Throws a RangeError if a part is malformed, since parts never come from a user.
 */
export const makeVoucherCode = ({ cityCode, year, random }: VoucherCodeParts): string => {
  const body = `${cityCode}${year}${random}`;
  if (!BODY.test(body))
    throw new RangeError('A voucher code needs a year of 4 and a random part of 10 digits');
  return body + checkCharacterMod11(body);
};

/** A 券码 as people type it (spaces, hyphens, full-width, small x) in its normal form; undefined if it is none. */
export const parseVoucherCode = (text: string): string | undefined => {
  const code = toCodeText(text);
  const body = code.slice(0, -1);
  return BODY.test(body) && code === body + checkCharacterMod11(body) ? code : undefined;
};
