/*
 * The phone's storage, which may be full or broken: what cannot be kept there is kept in memory and lives as long as the app.
 */

const inMemory = new Map<string, unknown>();
/** Keys of which the storage holds something else than was last asked for. */
const outOfStep = new Set<string>();

/** What was kept under a key; undefined or '' when nothing was. Whoever reads it checks its form: an older app may have written it. */
export function readStored(key: string): unknown {
  if (outOfStep.has(key)) return inMemory.get(key);
  try {
    return wx.getStorageSync(key) as unknown;
  } catch {
    return inMemory.get(key);
  }
}

export function keepStored(key: string, value: unknown): void {
  inMemory.set(key, value);
  follow(key, () => wx.setStorageSync(key, value));
}

export function forgetStored(key: string): void {
  inMemory.delete(key);
  follow(key, () => wx.removeStorageSync(key));
}

function follow(key: string, write: () => void): void {
  try {
    write();
    outOfStep.delete(key);
  } catch {
    outOfStep.add(key);
  }
}
