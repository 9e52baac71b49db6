/** Adds to the phone of `startApp` what only the institution's pages use. */
export function addToPhone<Members extends Record<string, unknown>>(members: Members): Members {
  Object.assign((globalThis as unknown as { wx: object }).wx, members);
  return members;
}
