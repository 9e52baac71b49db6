import { decodeOnce } from '../view/parameter';

/** A parameter of a page's address as it was before encoding: some clients hand it over encoded, others not. */
export function parameter(query: Record<string, string | undefined>, name: string): string {
  return decodeOnce(query[name]);
}
