import type { AttendanceMark } from '../../../miniprogram/contract/lessons';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { StepActor } from '../domain/actor';
import {
  attendanceIdOf,
  decideMark,
  type Attendance,
  type Attendee,
  type MarkDecision,
  type MarkRecord,
} from '../domain/attendance';
import { momentOf } from '../domain/calendar';
import { LESSON_LIFE, type Lesson } from '../domain/lesson';
import { attendance } from '../store/attendance';
import { findAttendee, type WantedAttendee } from './attendee';

interface MarkCall {
  mark: AttendanceMark;
  /** A time of the lesson's day, 08:55; now, where it is left out. */
  at?: string;
  by: StepActor;
  nowMs: number;
  requestId: string;
  reason?: string;
}

const ATTEMPTS = 3;

/**
 * Signs somebody in to a lesson or out of it. The lesson was found and is the caller's. A repetition, by whomever, changes
 * nothing and gives what is recorded.
 * @returns lesson_removed; person_not_in_class; and what {@link decideMark} refuses.
 */
export async function recordAttendance(
  lesson: Lesson,
  wanted: WantedAttendee,
  call: MarkCall,
): Promise<Result<Attendance>> {
  // A lesson may change as long as it takes place.
  const takesPlace = LESSON_LIFE.check('amend', lesson.status);
  if (!takesPlace.ok) return takesPlace;
  const attendee = await findAttendee(lesson, wanted);
  return attendee ? save(lesson, attendee, call) : fail('person_not_in_class');
}

async function save(lesson: Lesson, attendee: Attendee, call: MarkCall): Promise<Result<Attendance>> {
  const id = attendanceIdOf(lesson.id, attendee.personKey);
  const request = { mark: call.mark, record: recordOf(lesson, call) };
  // Usually nobody has signed in before, and the insert itself would say so.
  let earlier = call.mark === 'in' ? undefined : await attendance.find(id);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const decided = decideMark(lesson, attendee, earlier, request);
    const written = decided.ok ? await write(decided.data, earlier) : undefined;
    if (written) return ok(written);
    // What was recorded in time is not refused when it comes again too late.
    const stored =
      earlier && decided.ok ? await attendance.find(id) : (earlier ?? (await attendance.find(id)));
    if (!decided.ok && stored === earlier) return decided;
    earlier = stored;
  }
  return fail('write_conflict');
}

const recordOf = ({ day }: Lesson, { at, by, nowMs, requestId, reason }: MarkCall): MarkRecord => ({
  atMs: at === undefined ? nowMs : momentOf(day, at),
  recordedAtMs: nowMs,
  by,
  requestId,
  ...(reason !== undefined && { reason }),
});

/** @returns undefined when somebody else has written in between. */
async function write(
  decision: MarkDecision,
  earlier: Attendance | undefined,
): Promise<Attendance | undefined> {
  if (decision.kind === 'new')
    return (await attendance.insert(decision.attendance)) ? decision.attendance : undefined;
  if (!earlier || decision.kind === 'there') return earlier;
  const { out } = decision;
  return (await attendance.save(earlier, { out }))
    ? { ...earlier, out, version: earlier.version + 1 }
    : undefined;
}
