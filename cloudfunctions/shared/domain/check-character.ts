const CHECK_CHARACTERS = '0123456789X';

/**
 * Check character of a string of digits by ISO/IEC 7064 MOD 11-2 (the system of GB 11643 and of ISBN's cousins).
 * Catches every single wrong character and every swap of two neighbours, because 11 is prime and
 * neighbouring weights 2^i and 2^(i+1) differ modulo 11.
 */
export const checkCharacterMod11 = (digits: string): string => {
  const remainder = [...digits].reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  return CHECK_CHARACTERS.charAt((12 - remainder) % 11);
};
