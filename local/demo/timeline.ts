import { dayOf, startOfDayMs } from '../../cloudfunctions/shared/domain/calendar';
import type { Stage } from '../stage/stage';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Offices and schools work at this hour. */
const WORKING_HOUR = 10;

/** Moves the cloud's clock through the made-up past, so that what happened has the dates that it would have had. */
export class Timeline {
  private readonly todayMs = startOfDayMs(Date.now());

  constructor(private readonly stage: Stage) {}

  /** The day so many days ago, or ahead where it is negative, as '2026-11-24'. */
  day(daysAgo: number): string {
    return dayOf(this.todayMs - daysAgo * DAY_MS);
  }

  /** To the morning of a day before today, when the staff's earlier sign-ins have ended. */
  goTo(daysAgo: number): Promise<void> {
    const thenMs = this.todayMs - daysAgo * DAY_MS + WORKING_HOUR * HOUR_MS;
    return this.stage.cloud.setClockOffsetMs(thenMs - Date.now());
  }

  /** Back to the machine's own clock. */
  goToNow(): Promise<void> {
    return this.stage.cloud.setClockOffsetMs(0);
  }
}
