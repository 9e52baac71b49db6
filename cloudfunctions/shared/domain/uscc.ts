import { toCodeText } from '../../../miniprogram/contract/plain-text';

/** GB 32100-2015: digits and letters without I, O, S, V, Z; a character's value is its place. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const BODY = new RegExp(`^[${ALPHABET}]{2}\\d{6}[${ALPHABET}]{9}$`);

/**
 * A unified social credit code (统一社会信用代码) as people type it, in its normal form; undefined if it is none.
 * Checked by GB 32100-2015: alphabet, six digits of place, check character.
 */
export const parseUscc = (text: string): string | undefined => {
  const uscc = toCodeText(text);
  const body = uscc.slice(0, 17);
  return BODY.test(body) && completeUscc(body) === uscc ? uscc : undefined;
};

/** Puts the check character of GB 32100-2015 behind the first 17 characters. Throws a RangeError if they cannot begin a code. */
export const completeUscc = (first17: string): string => {
  if (!BODY.test(first17)) throw new RangeError('Not the first 17 characters of a USCC');
  // Weights are 3^(i-1) mod 31, so the sum is evaluated from the last character backwards (Horner).
  const sum = [...first17].reduceRight((rest, character) => (rest * 3 + ALPHABET.indexOf(character)) % 31, 0);
  return first17 + ALPHABET.charAt((31 - sum) % 31);
};
