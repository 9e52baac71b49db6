import type { PersonKey } from '../../miniprogram/contract/ids';
import type { AttendanceMark } from '../../miniprogram/contract/lessons';
import {
  attendanceIdOf,
  decideMark,
  type Attendance,
  type MarkRecord,
} from '../../cloudfunctions/shared/domain/attendance';
import { endOfDaysMs, momentOf } from '../../cloudfunctions/shared/domain/calendar';
import { aLesson } from './a-lesson';

const LESSON = aLesson({ version: 3 });
const ATTENDEE = { personKey: 'person' as PersonKey, nameCipher: 'cipher' };
const at = (timeOfDay: string): number => momentOf(LESSON.day, timeOfDay);

const aRecord = (atMs: number, recordedAtMs = atMs): MarkRecord => ({
  atMs,
  recordedAtMs,
  by: { role: 'administrator' },
  requestId: 'request',
});

const mark = (which: AttendanceMark, record: MarkRecord, earlier?: Attendance) =>
  decideMark(LESSON, ATTENDEE, earlier, { mark: which, record });

const present = (inAt: string, outAt?: string): Attendance => ({
  id: attendanceIdOf(LESSON.id, ATTENDEE.personKey),
  version: 1,
  lessonId: LESSON.id,
  lessonVersion: 3,
  classId: LESSON.classId,
  institutionId: LESSON.institutionId,
  cityCode: LESSON.cityCode,
  ...ATTENDEE,
  in: aRecord(at(inAt)),
  ...(outAt !== undefined && { out: aRecord(at(outAt)) }),
});

describe('signing in', () => {
  it('makes a document of its own that names lesson and person', () => {
    expect(mark('in', aRecord(at('08:55')))).toEqual({
      ok: true,
      data: { kind: 'new', attendance: present('08:55') },
    });
    expect(present('08:55').id).toBe('lesson-person');
  });

  it.each(['08:30', '09:00', '12:00'])('counts at %s', time => {
    expect(mark('in', aRecord(at(time)))).toMatchObject({ ok: true, data: { kind: 'new' } });
  });

  it('is too early more than half an hour before', () => {
    expect(mark('in', aRecord(at('08:30') - 1))).toEqual({
      ok: false,
      error: { code: 'attendance_too_early', data: { fromMs: at('08:30') } },
    });
  });

  it.each([
    ['08:29', '08:30', '12:00'],
    ['12:01', '08:30', '12:00'],
  ])('at %s lies outside, whenever it is recorded', (time, from, until) => {
    expect(mark('in', aRecord(at(time), at('18:00')))).toEqual({
      ok: false,
      error: {
        code: 'attendance_time_out_of_range',
        data: { fromMs: at(from), untilMs: at(until) },
      },
    });
  });

  it('cannot lie ahead of the moment at which it is recorded', () => {
    expect(mark('in', aRecord(at('09:30'), at('09:20')))).toMatchObject({
      ok: false,
      error: { code: 'attendance_time_out_of_range', data: { untilMs: at('09:20') } },
    });
  });

  it('is recorded until a week after the lesson', () => {
    const untilMs = endOfDaysMs(LESSON.endsAtMs, 8);

    expect(mark('in', aRecord(at('09:00'), untilMs - 1))).toMatchObject({ ok: true });
    expect(mark('in', aRecord(at('09:00'), untilMs))).toEqual({
      ok: false,
      error: { code: 'attendance_too_late', data: { untilMs } },
    });
  });

  it('stands as it was recorded first, whenever it comes again', () => {
    for (const time of ['08:00', '09:10', '23:00'])
      expect(mark('in', aRecord(at(time)), present('08:55'))).toEqual({ ok: true, data: { kind: 'there' } });
  });
});

describe('signing out', () => {
  it.each(['09:00', '12:00', '12:30'])('at %s follows the sign-in', time => {
    const record = aRecord(at(time));

    expect(mark('out', record, present('08:55'))).toEqual({ ok: true, data: { kind: 'out', out: record } });
  });

  it('needs a sign-in', () => {
    expect(mark('out', aRecord(at('12:00')))).toEqual({
      ok: false,
      error: { code: 'attendance_not_signed_in' },
    });
  });

  it.each([
    ['10:29', '10:30', '12:30'],
    ['12:31', '10:30', '12:30'],
  ])('at %s lies outside for who came at half past ten', (time, from, until) => {
    expect(mark('out', aRecord(at(time), at('18:00')), present('10:30'))).toMatchObject({
      ok: false,
      error: {
        code: 'attendance_time_out_of_range',
        data: { fromMs: at(from), untilMs: at(until) },
      },
    });
  });

  it('is too early before the lesson begins', () => {
    expect(mark('out', aRecord(at('08:58')), present('08:55'))).toEqual({
      ok: false,
      error: { code: 'attendance_too_early', data: { fromMs: at('09:00') } },
    });
  });

  it('stands as it was recorded first', () => {
    expect(mark('out', aRecord(at('12:20')), present('08:55', '12:00'))).toEqual({
      ok: true,
      data: { kind: 'there' },
    });
  });
});
