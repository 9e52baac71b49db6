import { toHalfWidth } from '../../../miniprogram/contract/plain-text';

const MOBILE = /^1[3-9]\d{9}$/;

/**
 * A mainland mobile number in its normal form, 11 digits; undefined if it is none, or more than one. Takes the country's
 * code, a leading 0, brackets, blanks, dashes and a sign at the end.
 */
export const parsePhone = (text: string): string | undefined => {
  const phone = toHalfWidth(text)
    .replace(/[\s\-()\u2010-\u2015\u2212"'`\u2018-\u201f]/g, '')
    .replace(/[,;:、。]+$/, '')
    .replace(/^(\+|00)?86(?=1\d{10}$)|^0(?=1\d{10}$)/, '');
  return MOBILE.test(phone) ? phone : undefined;
};
