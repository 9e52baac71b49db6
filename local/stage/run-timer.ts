import { TimerRunningError } from '../cloud/functions/timer-schedule';
import type { Stage } from './stage';

const PAUSE_MS = 200;

/** Fires the functions' timer once. The clock, or somebody else, may be firing it already: then the work goes on by itself. */
export async function runTimer({ cloud }: Pick<Stage, 'cloud'>): Promise<void> {
  try {
    await cloud.fireTimer('timer');
  } catch (error) {
    if (!(error instanceof TimerRunningError)) throw error;
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}
