import { logError } from '../shared/runtime/log';
import { withDeadline } from '../shared/store/attempt';

/** One of the things that the timer does. @returns how many it was about. */
type Chore = (deadlineMs: number) => Promise<number>;

/**
 * Does one after the other until the time is over. Each has half of what is left, the last one all of it, and one that
 * fails or hangs keeps no other from its turn: it has another at the next run.
 */
export async function inTurn(
  deadlineMs: number,
  chores: Readonly<Record<string, Chore>>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const named = Object.entries(chores);
  for (const [position, [chore, run]] of named.entries()) {
    const isLast = position === named.length - 1;
    const endsMs = isLast ? deadlineMs : (Date.now() + deadlineMs) / 2;
    try {
      counts[chore] = await withDeadline(endsMs, () => run(endsMs));
    } catch (error) {
      logError('chore_failed', error, { chore });
    }
  }
  return counts;
}
