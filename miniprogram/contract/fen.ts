/** Money is a whole number of fen (1 元 = 100 分). This module is the only one that does arithmetic on it. */
export type Fen = number;

/** Largest amount accepted anywhere: 10 billion yuan, far below the limit of exact integers. */
export const FEN_MAX: Fen = 1_000_000_000_000;

export const isFen = (value: unknown): value is Fen =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= FEN_MAX;

/** @throws RangeError when the result is no amount: totals are asserted, never silently wrong. */
function assertFen(value: number): Fen {
  if (!isFen(value)) throw new RangeError('amount out of range');
  return value;
}

export const addFen = (...amountsFen: Fen[]): Fen => assertFen(amountsFen.reduce((sum, fen) => sum + fen, 0));

/** @throws RangeError when more is taken away than there is. */
export const minusFen = (amountFen: Fen, takenFen: Fen): Fen => assertFen(amountFen - takenFen);

export const timesFen = (amountFen: Fen, count: number): Fen => assertFen(amountFen * count);

/** Groups of three for the eye: '12,000'. Not every phone's own formatting of numbers can be relied upon. */
export const groupCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** '1,200.50' for 120050; never rounds. */
export function formatYuan(amountFen: Fen): string {
  const fen = assertFen(amountFen);
  const cents = String(fen % 100).padStart(2, '0');
  return `${groupCount(Math.trunc(fen / 100))}.${cents}`;
}

/** '1,200.50元' */
export const yuanText = (amountFen: Fen): string => `${formatYuan(amountFen)}元`;
