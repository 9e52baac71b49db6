/** '/city/class-review/class-review?classId=…' */
export function cityUrl(page: string, query: Record<string, string> = {}): string {
  const parts = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `/city/${page}/${page}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
}
