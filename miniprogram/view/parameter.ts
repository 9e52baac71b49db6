/** A text of an address as it was before encoding: some clients hand it over encoded, others not, and anybody can break it. */
export function decodeOnce(given: unknown): string {
  if (typeof given !== 'string') return '';
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
}
