import type { LessonStatus } from '../../miniprogram/contract/lessons';
import { ok } from '../../miniprogram/contract/result';
import type { ClassStatus } from '../../miniprogram/contract/training';
import {
  checkLessonFields,
  checkTimetable,
  LESSON_LIFE,
  TAKES_PLACE,
  timesOf,
} from '../../cloudfunctions/shared/domain/lesson';
import { refused } from '../support/refused';
import { aLesson } from './a-lesson';
import { describeLife } from './describe-life';

describeLife<LessonStatus, typeof LESSON_LIFE.moves>('lesson', LESSON_LIFE, {
  statuses: ['planned', 'removed'],
  final: ['removed'],
  begin: { command: 'add', status: 'planned' },
  legal: { add: {}, amend: { planned: 'planned' }, remove: { planned: 'removed' } },
  refusalOf: (_command, status) => ({ code: 'lesson_removed', data: { status } }),
});

test('a lesson takes place as long as it may change', () => {
  expect(LESSON_LIFE.allows('amend', TAKES_PLACE)).toBe(true);
});

test('times are those of clocks in Shandong', () => {
  expect(timesOf(aLesson())).toEqual({
    startsAtMs: Date.UTC(2026, 10, 24, 1),
    endsAtMs: Date.UTC(2026, 10, 24, 4),
  });
});

describe('what is written of a lesson', () => {
  const fields = { day: '2026-11-24', startsAt: '09:00', endsAt: '11:00', hours: 3 };

  it.each([
    [{}, ok(undefined)],
    [{ endsAt: '09:00' }, refused('lesson_times_contradictory')],
    [{ endsAt: '08:59' }, refused('lesson_times_contradictory')],
    [{ hours: 4 }, { ok: false, error: { code: 'lesson_hours_contradictory', data: { hoursMax: 3 } } }],
    [{ endsAt: '09:40', hours: 1 }, ok(undefined)],
    [{ endsAt: '09:39', hours: 1 }, refused('lesson_hours_contradictory')],
  ])('%j', (changes, expected) => {
    expect(checkLessonFields({ ...fields, ...changes })).toEqual(expected);
  });
});

describe('the timetable of a class', () => {
  const trainingClass = { status: 'running' as ClassStatus, startsOn: '2026-11-20', endsOn: '2026-11-30' };
  const check = (changes: object, others = [aLesson()]) =>
    checkTimetable(trainingClass, aLesson(changes), others);

  it.each(['approved', 'running'] as const)('takes lessons while the class is %s', status => {
    expect(checkTimetable({ ...trainingClass, status }, aLesson(), [])).toEqual(ok(undefined));
  });

  it.each(['draft', 'submitted', 'returned', 'finished'] as const)('takes none while it is %s', status => {
    expect(checkTimetable({ ...trainingClass, status }, aLesson(), [])).toEqual(
      refused('class_not_approved'),
    );
  });

  it.each(['2026-11-20', '2026-11-30'])('goes from the first day to the last: %s', day => {
    expect(check({ day }, [])).toEqual(ok(undefined));
  });

  it.each(['2026-11-19', '2026-12-01'])('does not reach beyond: %s', day => {
    expect(check({ day }, [])).toEqual({
      ok: false,
      error: {
        code: 'lesson_day_out_of_range',
        data: { startsOn: '2026-11-20', endsOn: '2026-11-30' },
      },
    });
  });

  it.each([
    { startsAt: '11:59', endsAt: '13:00' },
    { startsAt: '08:00', endsAt: '09:01' },
    { startsAt: '10:00', endsAt: '11:00' },
    { startsAt: '08:00', endsAt: '13:00' },
    { startsAt: '09:00', endsAt: '12:00' },
  ])('has one lesson at a time: $startsAt to $endsAt', times => {
    expect(check(times)).toEqual({
      ok: false,
      error: { code: 'lesson_overlaps', data: { startsAt: '09:00', endsAt: '12:00' } },
    });
  });

  it.each([
    { startsAt: '12:00', endsAt: '13:00' },
    { startsAt: '08:00', endsAt: '09:00' },
    { day: '2026-11-25', startsAt: '09:00', endsAt: '12:00' },
  ])('lets one lesson follow another: $startsAt to $endsAt', changes => {
    expect(check(changes)).toEqual(ok(undefined));
  });
});
