import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { ClassId, InstitutionId, LessonId } from '../../../miniprogram/contract/ids';
import type { LessonCommand, LessonFields, LessonStatus } from '../../../miniprogram/contract/lessons';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { isClassOpen, type ClassStatus } from '../../../miniprogram/contract/training';
import type { IssueMode } from '../../../miniprogram/contract/vouchers';
import { momentOf } from './calendar';
import { Lifecycle, refuseBy, type LifeEntry, type Move } from './lifecycle';

const MINUTE_MS = 60_000;
/** The notice does not say how long 课时 are; 45 minutes are usual, and none is shorter than this. */
const LESSON_HOUR_MINUTES_MIN = 40;

/** Life of a lesson: it may change until somebody has signed in to it. */
const MOVES = {
  add: { from: 'none', to: 'planned', by: ['administrator'] },
  amend: { from: ['planned'], to: 'same', by: ['administrator'] },
  remove: { from: ['planned'], to: 'removed', by: ['administrator'] },
} as const satisfies Record<LessonCommand, Move<LessonStatus>>;

const REFUSALS = {
  add: 'lesson_removed',
  amend: 'lesson_removed',
  remove: 'lesson_removed',
} as const satisfies Record<keyof typeof MOVES, ErrorCode>;

export const LESSON_LIFE = new Lifecycle<LessonStatus, typeof MOVES>(MOVES, refuseBy(REFUSALS));

/** The state of lessons that take place. */
export const TAKES_PLACE = 'planned' satisfies LessonStatus;

/** One lesson (课次) of a class, with as much of the class as a sign-in needs. */
export interface Lesson extends LessonFields {
  id: LessonId;
  version: number;
  status: LessonStatus;
  classId: ClassId;
  cityCode: CityCode;
  countyCode?: CountyCode;
  institutionId: InstitutionId;
  /** Of the class: who of a 定向券 may sign in stands on the roster, who of a 通用券 has used one. */
  issueMode: IssueMode;
  startsAtMs: number;
  endsAtMs: number;
  history: LifeEntry<LessonCommand, LessonStatus>[];
}

interface ClassOfLesson {
  status: ClassStatus;
  startsOn: string;
  endsOn: string;
}

/** When a lesson begins and ends. */
export const timesOf = ({
  day,
  startsAt,
  endsAt,
}: Pick<LessonFields, 'day' | 'startsAt' | 'endsAt'>): { startsAtMs: number; endsAtMs: number } => ({
  startsAtMs: momentOf(day, startsAt),
  endsAtMs: momentOf(day, endsAt),
});

/**
 * Whether what is written of a lesson can be true of any.
 * @returns lesson_times_contradictory; lesson_hours_contradictory {hoursMax}.
 */
export function checkLessonFields(lesson: LessonFields): Result<undefined> {
  const { startsAtMs, endsAtMs } = timesOf(lesson);
  if (startsAtMs >= endsAtMs) return fail('lesson_times_contradictory');
  const hoursMax = Math.floor((endsAtMs - startsAtMs) / MINUTE_MS / LESSON_HOUR_MINUTES_MIN);
  return lesson.hours <= hoursMax ? ok(undefined) : fail('lesson_hours_contradictory', { hoursMax });
}

/**
 * Whether the class may have this lesson beside its others of that day.
 * @returns class_not_approved; lesson_day_out_of_range {startsOn, endsOn}; lesson_overlaps {startsAt, endsAt of the other}.
 */
export function checkTimetable(
  { status, startsOn, endsOn }: ClassOfLesson,
  lesson: LessonFields,
  others: readonly LessonFields[],
): Result<undefined> {
  if (!isClassOpen(status)) return fail('class_not_approved', { status });
  if (lesson.day < startsOn || lesson.day > endsOn)
    return fail('lesson_day_out_of_range', { startsOn, endsOn });
  const { startsAtMs, endsAtMs } = timesOf(lesson);
  const other = others.find(each => {
    const times = timesOf(each);
    return times.startsAtMs < endsAtMs && startsAtMs < times.endsAtMs;
  });
  return other ? fail('lesson_overlaps', { startsAt: other.startsAt, endsAt: other.endsAt }) : ok(undefined);
}
