/** Deeper than anything that an operation takes, and far from what the stack bears. */
const DEPTH_MAX = 20;

/** Whether a parsed JSON value has lists and objects within each other beyond all need. Goes down level by level, never by calling itself. */
export function isNestedTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return true;
    level = level.flatMap(part => (typeof part === 'object' && part !== null ? Object.values(part) : []));
  }
  return false;
}
