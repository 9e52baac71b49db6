/*
 * Every member of wx can throw, fail later, or be missing in an older WeChat; test/architecture sees to it that none is
 * called without one of these, or a `try` of its own where the person is told.
 */

/** Does something that nobody waits for. A phone that refuses it goes on without. */
export function quietly(call: () => unknown): void {
  try {
    void Promise.resolve(call()).catch(() => undefined);
  } catch {
    // As above.
  }
}

/** What the phone says, or the fallback from one that says nothing. */
export function orElse<T>(call: () => T, fallback: T): T {
  try {
    return call();
  } catch {
    return fallback;
  }
}
