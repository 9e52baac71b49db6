import type { RequestOfCall } from './operation';

const TIME_CHARACTERS = 9;
const KEY_CHARACTERS = 10;

/**
 * The id of a document that a request makes: begins with the time, so that ids sort by age, and is the same
 * for every repetition, so that a second try collides with the first instead of making another.
 */
export const newId = ({ firstAtMs, key }: RequestOfCall): string =>
  firstAtMs.toString(36).padStart(TIME_CHARACTERS, '0') + key.slice(0, KEY_CHARACTERS);
