import type { ErrorCode } from '../../miniprogram/contract/error-codes';

/** Refusals by code. */
export type Tally = Partial<Record<ErrorCode, number>>;

export function addToTally(tally: Tally, code: ErrorCode, count = 1): void {
  if (count > 0) tally[code] = (tally[code] ?? 0) + count;
}

export function addTallies(tally: Tally, more: Tally): void {
  for (const [code, count] of Object.entries(more)) addToTally(tally, code as ErrorCode, count);
}

/** Codes whose counts differ, as `code: got, expected`. */
export const differences = (got: Tally, expected: Tally): string[] =>
  [...new Set([...Object.keys(got), ...Object.keys(expected)])]
    .map(code => code as ErrorCode)
    .filter(code => (got[code] ?? 0) !== (expected[code] ?? 0))
    .map(code => `${code}: ${got[code] ?? 0} instead of ${expected[code] ?? 0}`);
