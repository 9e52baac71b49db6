/** The middle value; the upper one of two. NaN of nothing. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export interface Timing {
  name: string;
  calls: number;
  p50Ms: number;
  p95Ms: number;
}

/** Median and 95th percentile of single calls. */
export function summary(name: string, ms: readonly number[]): Timing {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;
  return { name, calls: ms.length, p50Ms: at(0.5), p95Ms: at(0.95) };
}
