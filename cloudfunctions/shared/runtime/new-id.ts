import { createHash } from 'node:crypto';
import type { RequestOfCall } from './operation';

const TIME_CHARACTERS = 9;
const KEY_CHARACTERS = 10;

/**
 * The id of a document that a request makes: begins with the time, so that ids sort by age, and is the same
 * for every repetition, so that a second try collides with the first instead of making another.
 */
export const newId = <Id extends string>({ firstAtMs, key }: Pick<RequestOfCall, 'firstAtMs' | 'key'>): Id =>
  (idPrefixAt(firstAtMs) + key.slice(0, KEY_CHARACTERS)) as Id;

const PART_CHARACTERS = 16;

/** The same of one of many documents that a request makes. `part` tells it from the others. */
export const newIdOfPart = <Id extends string>(
  { firstAtMs, key }: Pick<RequestOfCall, 'firstAtMs' | 'key'>,
  part: string,
): Id => {
  const hash = createHash('sm3').update(`${key}|${part}`).digest('hex');
  return (idPrefixAt(firstAtMs) + hash.slice(0, PART_CHARACTERS)) as Id;
};

/** What the ids of that moment begin with: every id made later sorts after it. */
export const idPrefixAt = (atMs: number): string => atMs.toString(36).padStart(TIME_CHARACTERS, '0');
