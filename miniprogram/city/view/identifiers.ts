import { toCodeText, toOneLine } from '../../contract/plain-text';
import type { Read } from './numbers';

/*
 * Checked while it is being typed, so that a slip is said beside the field. The functions check again; theirs is the
 * judgement that counts.
 */

/** ISO/IEC 7064 MOD 11-2: the check character of ID numbers (GB 11643) and of voucher codes. */
function checkCharacter(digits: string): string {
  const remainder = [...digits].reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  return '0123456789X'.charAt((12 - remainder) % 11);
}

const isChecked = (text: string): boolean => checkCharacter(text.slice(0, -1)) === text.slice(-1);

const CODE = /^\d{18}[\dX]$/;

/** A 券码 in its normal form; undefined if it is none. */
export function parseCode(text: string): string | undefined {
  const code = toCodeText(text);
  return CODE.test(code) && isChecked(code) ? code : undefined;
}

const ID_NUMBER = /^\d{17}[\dX]$/;
/** Residence card of foreigners issued before December 2023; its check digit is left to the functions. */
const FOREIGNER_CARD = /^[A-Z]{3}\d{12}$/;

export function readIdNumber(text: string): Read<string> {
  const idNumber = toCodeText(text);
  if (idNumber === '') return { ok: false, error: '请填写身份证号' };
  if (FOREIGNER_CARD.test(idNumber)) return { ok: true, value: idNumber };
  if (!ID_NUMBER.test(idNumber)) return { ok: false, error: '身份证号应为 18 位' };
  return isChecked(idNumber)
    ? { ok: true, value: idNumber }
    : { ok: false, error: '身份证号有误，请对照身份证核对' };
}

/** GB 32100-2015: no I, O, S, V, Z; a character's value is its place. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC = new RegExp(`^[${ALPHABET}]{2}\\d{6}[${ALPHABET}]{10}$`);

export function readUscc(text: string): Read<string> {
  const uscc = toCodeText(text);
  if (uscc === '') return { ok: false, error: '请填写统一社会信用代码' };
  if (uscc.length !== 18) return { ok: false, error: `统一社会信用代码应为 18 位，现在是 ${uscc.length} 位` };
  // Weights are 3^(i-1) mod 31: the sum is evaluated from the 17th character backwards.
  const sum = [...uscc.slice(0, 17)].reduceRight(
    (rest, letter) => (rest * 3 + ALPHABET.indexOf(letter)) % 31,
    0,
  );
  return USCC.test(uscc) && uscc.endsWith(ALPHABET.charAt((31 - sum) % 31))
    ? { ok: true, value: uscc }
    : { ok: false, error: '统一社会信用代码有误，请对照营业执照或登记证书核对' };
}

const CHANNEL_NUMBER = /^\d{10}$/;

export function readChannelNumber(text: string): Read<string> {
  const number = toCodeText(text);
  if (number === '') return { ok: false, error: '请填写渠道编号' };
  return CHANNEL_NUMBER.test(number)
    ? { ok: true, value: number }
    : { ok: false, error: '渠道编号应为 10 位数字' };
}

export function readLine(text: string, name: string, lengthMax: number): Read<string> {
  const line = toOneLine(text);
  if (line === '') return { ok: false, error: `请填写${name}` };
  return line.length <= lengthMax
    ? { ok: true, value: line }
    : { ok: false, error: `${name}最多 ${lengthMax} 个字` };
}
