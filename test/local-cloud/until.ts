import { setTimeout as pause } from 'node:timers/promises';

const ASK_EVERY_MS = 10;

/** Waits for a condition, as long as the test may take. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(ASK_EVERY_MS);
}
