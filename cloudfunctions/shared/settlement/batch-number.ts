import type { CityCode } from '../../../miniprogram/contract/areas';
import { dayOf } from '../domain/calendar';
import type { RequestOfCall } from '../runtime/operation';

/** Without I, O, 0 and 1: the number is printed, read out and typed. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CHARACTERS = 4;
/** Numbers that one request may try: one that is taken is passed over. */
export const NUMBERS_MAX = 8;

/**
 * JS-3701-20261124-7K2M: city, day and four characters that follow from the request, so that its repetition gets the
 * same number. `attempt` counts from 0.
 */
export function batchNumber(
  cityCode: CityCode,
  { key, firstAtMs }: Pick<RequestOfCall, 'key' | 'firstAtMs'>,
  attempt: number,
): string {
  const bytes = Buffer.from(key, 'hex').subarray(attempt * CHARACTERS, (attempt + 1) * CHARACTERS);
  const suffix = [...bytes].map(byte => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  return `JS-${cityCode}-${dayOf(firstAtMs).replaceAll('-', '')}-${suffix}`;
}
