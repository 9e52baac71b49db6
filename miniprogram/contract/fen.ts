import type { Branded } from './brand';

/** Money is a whole number of fen (1 元 = 100 分). This module is the only one that makes amounts and does arithmetic on them. */
export type Fen = Branded<number, 'Fen'>;

/** Largest amount accepted anywhere, in fen: 10 billion yuan, far below the limit of exact integers. */
export const FEN_MAX = 1_000_000_000_000;

export const isFen = (value: unknown): value is Fen =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= FEN_MAX;

/** @throws RangeError when the number is no amount: totals are asserted, never silently wrong. */
export function toFen(value: number): Fen {
  if (!isFen(value)) throw new RangeError('amount out of range');
  return value;
}

export const NO_FEN = toFen(0);

/** @throws RangeError when more is taken away than there is. */
export const minusFen = (amountFen: Fen, takenFen: Fen): Fen => toFen(amountFen - takenFen);

export const timesFen = (amountFen: Fen, count: number): Fen => toFen(amountFen * count);

/** Whether so many of an amount are more than the limit. Asked before they are multiplied: the product may be no amount any more. */
export const isTooMuch = (amountFen: Fen, count: number, limitFen: Fen): boolean =>
  amountFen * count > limitFen;

/** Groups of three for the eye: '12,000'. Not every phone's own formatting of numbers can be relied upon. */
export const groupCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** '1,200.50' for 120050; never rounds. */
export function formatYuan(amountFen: number): string {
  const fen = toFen(amountFen);
  const cents = String(fen % 100).padStart(2, '0');
  return `${groupCount(Math.trunc(fen / 100))}.${cents}`;
}

/** '1,200.50元' */
export const yuanText = (amountFen: number): string => `${formatYuan(amountFen)}元`;
