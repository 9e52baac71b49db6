import { FEN_MAX, formatYuan, groupCount, toFen, type Fen } from '../../contract/fen';

/** What was typed, understood or not. The error is a sentence for the field. */
export type Read<T> = { ok: true; value: T } | { ok: false; error: string };

const wrong = (error: string): { ok: false; error: string } => ({ ok: false, error });

/** Chinese keyboards type full-width digits, points and commas. */
const toPlain = (text: string): string =>
  text.normalize('NFKC').replace(/，/g, ',').replace(/。/g, '.').replace(/\s/g, '');

/** Plain digits, or groups of three, then at most one point. Nothing is guessed: '1,20' is no amount. */
const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/;
/** FEN_MAX has thirteen digits; a longer text cannot be an amount and is never turned into a number. */
const FEN_DIGITS_MAX = String(FEN_MAX).length;

/** An amount typed in yuan, exactly: the digits themselves become fen, no fraction is ever computed. */
export function readYuan(text: string): Read<Fen> {
  const plain = toPlain(text).replace(/元$/, '');
  if (plain === '') return wrong('请填写金额');
  const [, yuan, cents = ''] = AMOUNT.exec(plain) ?? [];
  if (yuan === undefined) return wrong('金额只能是数字，例如 1200 或 1200.50');
  if (cents.length > 2) return wrong('金额最多到分，小数点后最多两位');
  const digits = (yuan.replace(/,/g, '') + cents.padEnd(2, '0')).replace(/^0+(?=\d)/, '');
  const fen = digits.length > FEN_DIGITS_MAX ? Infinity : Number(digits);
  if (fen > FEN_MAX) return wrong('金额太大，请核对');
  return fen === 0 ? wrong('金额要大于 0') : { ok: true, value: toFen(fen) };
}

/** What a form starts with: '1200' or '1200.50'. */
export const toYuanInput = (amountFen: Fen): string => formatYuan(amountFen).replace(/,|\.00$/g, '');

interface Range {
  min: number;
  max: number;
  unit: string;
}

/** A whole number typed by hand. */
export function readWholeNumber(text: string, { min, max, unit }: Range): Read<number> {
  const plain = toPlain(text).replace(/,/g, '');
  if (plain === '') return wrong('请填写这一项');
  if (!/^\d{1,12}$/.test(plain)) return wrong('只能填整数');
  const value = Number(plain);
  if (value < min) return wrong(`不能少于 ${groupCount(min)} ${unit}`);
  return value > max ? wrong(`不能超过 ${groupCount(max)} ${unit}`) : { ok: true, value };
}

/** Whole per cent of a bar, rounded down, so that a bar looks full only when it is. */
export const percentOf = (part: number, whole: number): number =>
  whole <= 0 ? 0 : Math.min(100, Math.floor((part / whole) * 100));
