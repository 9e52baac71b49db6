import { toHalfWidth, toVisibleText } from './plain-text';

/** Longest name; long transliterations are below 30 characters. */
export const PERSON_NAME_CHARS_MAX = 50;

/** Letters of any script with their marks, the middle dot of transliterated names, spaces between words. */
const NAME = /^\p{L}[\p{L}\p{M}· ]*$/u;
const LOOKALIKE_DOTS = /[•‧∙⋅・･．｡.]/g;
const NAME_SEPARATORS = '· ';
const MOBILE = /^1[3-9]\d{9}$/;

/**
 * A person's name in its normal form: NFC, single inner spaces, one kind of middle dot.
 * undefined if it is empty, longer than PERSON_NAME_CHARS_MAX or holds anything but letters, · and spaces.
 */
export const parsePersonName = (text: string): string | undefined => {
  const name = toVisibleText(text)
    .replace(/[ \u3000\u00a0]+/g, ' ')
    .replace(LOOKALIKE_DOTS, '·')
    .trim();
  return NAME.test(name) && [...name].length <= PERSON_NAME_CHARS_MAX ? name : undefined;
};

/** A mainland mobile number in its normal form, 11 digits; undefined if it is none. Takes +86, spaces and hyphens. */
export const parsePhone = (text: string): string | undefined => {
  const phone = toHalfWidth(text)
    .replace(/[\s-]/g, '')
    .replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  return MOBILE.test(phone) ? phone : undefined;
};

/** '张三丰' → '张*丰', '张三' → '张*', '张' → '*'; dots and spaces stay: '买买提·艾力' → '买**·*力'. */
export const maskName = (name: string): string => {
  const characters = [...name];
  const lastShown = characters.length > 2 ? characters.length - 1 : -1;
  return characters
    .map((character, at) => {
      const isShown = NAME_SEPARATORS.includes(character) || at === lastShown;
      return isShown || (at === 0 && characters.length > 1) ? character : '*';
    })
    .join('');
};
