/** A parameter of a page's address as it was before encoding: some clients hand it over encoded, others not. */
export function parameter(query: Record<string, string | undefined>, name: string): string {
  const given = query[name] ?? '';
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
}
