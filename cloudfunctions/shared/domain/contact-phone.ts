import { toHalfWidth } from '../../../miniprogram/contract/plain-text';
import { parsePhone } from './phone-number';

/** Area code, seven or eight digits, at most six of an extension. */
const LANDLINE = /^(0\d{2,3})-?(\d{7,8})(?:[-转*](\d{1,6}))?$/;

/** 联系电话 of an office, in its normal form: a mobile number, or a landline as 0531-12345678; undefined if it is neither. */
export function parseContactPhone(typed: string): string | undefined {
  const mobile = parsePhone(typed);
  if (mobile !== undefined) return mobile;
  const [, area, number, extension] = LANDLINE.exec(toHalfWidth(typed).replace(/[\s()]/g, '')) ?? [];
  if (area === undefined || number === undefined) return undefined;
  return `${area}-${number}${extension === undefined ? '' : `-${extension}`}`;
}
