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

export const timesFen = (amountFen: Fen, count: number): Fen => assertFen(amountFen * count);

/** '1200.50' for 120050; never rounds. */
export function formatYuan(amountFen: Fen): string {
  const fen = assertFen(amountFen);
  const cents = String(fen % 100).padStart(2, '0');
  return `${Math.trunc(fen / 100)}.${cents}`;
}
