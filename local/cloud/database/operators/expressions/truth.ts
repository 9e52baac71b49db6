/** What counts as true: everything but false, zero, null and what is missing. NaN and '' count as true. */
export const toBoolean = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== 0;
