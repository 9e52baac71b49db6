import type { RefusalData } from '../contract/result';

/** Largest millisecond that a Date can show. */
const TIME_MAX_MS = 8.64e15;

/** A whole number that is not negative, or undefined: a missing or odd fact must never spoil a sentence. */
export function findCount(data: RefusalData, key: string): number | undefined {
  const value = data[key];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Milliseconds since 1970 that can be shown as a day. */
export function findTimeMs(data: RefusalData, key: string): number | undefined {
  const value = findCount(data, key);
  return value !== undefined && value < TIME_MAX_MS ? value : undefined;
}

/** A text with something in it. */
export function findText(data: RefusalData, key: string): string | undefined {
  const value = data[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The texts of a list, joined as Chinese lists are; undefined when there is none. */
export function findListed(data: RefusalData, key: string): string | undefined {
  const value = data[key];
  // Array.isArray does not narrow readonly arrays, hence the check on the items.
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter(
    (item: unknown): item is string => typeof item === 'string' && item.trim() !== '',
  );
  return texts.length > 0 ? texts.join('、') : undefined;
}
