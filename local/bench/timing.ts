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
