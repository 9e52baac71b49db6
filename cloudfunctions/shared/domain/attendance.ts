import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type {
  AttendanceId,
  ClassId,
  InstitutionId,
  LessonId,
  PersonKey,
} from '../../../miniprogram/contract/ids';
import type { AttendanceMark } from '../../../miniprogram/contract/lessons';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { StepActor } from './actor';
import { endOfDaysMs } from './calendar';
import type { Lesson } from './lesson';
import { placeOf } from './scope';

// When somebody may sign in to a lesson and out of it. The notice is silent; the rule is this project's own.

/** People come before a lesson begins and leave after it has ended: so long before and after it still counts. */
const ATTENDANCE_TOLERANCE_MS = 30 * 60_000;
/** Whole days after that of the lesson in which what a system or a person has noted may still be recorded. */
const ATTENDANCE_RECORDED_DAYS = 7;

/** A sign-in or a sign-out, and who recorded it. */
export interface MarkRecord {
  /** When the person came or left. */
  atMs: number;
  recordedAtMs: number;
  by: StepActor;
  requestId: string;
  /** Of what was recorded by hand. */
  reason?: string;
}

/** That somebody was at a lesson (打卡签到). `id` is `<lessonId>-<personKey>`: a repetition collides instead of doubling. */
export interface Attendance {
  id: AttendanceId;
  version: number;
  lessonId: LessonId;
  /** Of the lesson as it was judged: where it has changed at that very moment, this tells. */
  lessonVersion: number;
  classId: ClassId;
  institutionId: InstitutionId;
  cityCode: CityCode;
  countyCode?: CountyCode;
  personKey: PersonKey;
  nameCipher: string;
  in: MarkRecord;
  out?: MarkRecord;
}

export const attendanceIdOf = (lessonId: LessonId, personKey: PersonKey): AttendanceId =>
  `${lessonId}-${personKey}` as AttendanceId;

/** Somebody whom the class has. */
export interface Attendee {
  personKey: PersonKey;
  nameCipher: string;
}

interface MarkRequest {
  mark: AttendanceMark;
  record: MarkRecord;
}

/** What a sign-in or sign-out writes: a new document, the field of one that is there, or nothing at a repetition. */
export type MarkDecision =
  { kind: 'new'; attendance: Attendance } | { kind: 'out'; out: MarkRecord } | { kind: 'there' };

/**
 * Signs somebody in to a lesson or out of it. In: from the tolerance before the lesson until its end. Out: from the sign-in,
 * but not before the lesson begins, until the tolerance after its end. What has been recorded once stands: a second time,
 * at whatever time, changes nothing.
 * @returns attendance_not_signed_in; attendance_too_early {fromMs}; attendance_too_late {untilMs};
 * attendance_time_out_of_range {fromMs, untilMs}.
 */
export function decideMark(
  lesson: Lesson,
  { personKey, nameCipher }: Attendee,
  earlier: Attendance | undefined,
  { mark, record }: MarkRequest,
): Result<MarkDecision> {
  if (mark === 'in' ? earlier : earlier?.out) return ok({ kind: 'there' });
  if (mark === 'out' && !earlier) return fail('attendance_not_signed_in');
  const timely = checkTime(windowOf(lesson, mark, earlier), lesson, record);
  if (!timely.ok) return timely;
  if (mark === 'out') return ok({ kind: 'out', out: record });
  const { id: lessonId, version: lessonVersion, classId, institutionId } = lesson;
  const place = { lessonId, lessonVersion, classId, institutionId, ...placeOf(lesson) };
  const id = attendanceIdOf(lessonId, personKey);
  return ok({
    kind: 'new',
    attendance: { id, version: 1, ...place, personKey, nameCipher, in: record },
  });
}

interface Window {
  fromMs: number;
  untilMs: number;
}

const windowOf = (
  { startsAtMs, endsAtMs }: Lesson,
  mark: AttendanceMark,
  earlier: Attendance | undefined,
): Window =>
  mark === 'in'
    ? { fromMs: startsAtMs - ATTENDANCE_TOLERANCE_MS, untilMs: endsAtMs }
    : {
        fromMs: Math.max(startsAtMs, earlier?.in.atMs ?? 0),
        untilMs: endsAtMs + ATTENDANCE_TOLERANCE_MS,
      };

function checkTime(
  { fromMs, untilMs }: Window,
  { endsAtMs }: Lesson,
  { atMs, recordedAtMs }: MarkRecord,
): Result<undefined> {
  if (recordedAtMs < fromMs) return fail('attendance_too_early', { fromMs });
  const recordedUntilMs = endOfDaysMs(endsAtMs, ATTENDANCE_RECORDED_DAYS + 1);
  if (recordedAtMs >= recordedUntilMs) return fail('attendance_too_late', { untilMs: recordedUntilMs });
  // Nobody can have come or left after the moment at which it is recorded.
  const lastMs = Math.min(untilMs, recordedAtMs);
  return atMs >= fromMs && atMs <= lastMs
    ? ok(undefined)
    : fail('attendance_time_out_of_range', { fromMs, untilMs: lastMs });
}
