import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { roleAt } from '../shared/domain/scope';
import { addLesson } from '../shared/lessons/plan-lesson';
import { findActing } from '../shared/people/acting-person';
import { ClassId, Day, TimeOfDay, WholeNumber } from '../shared/runtime/input';
import { classes } from '../shared/store/classes';
import { AdministratorIdNumber, AtMs } from './fields';
import { SMALL_BODY_BYTES_MAX, writingInterface } from './open-interface';

export const createLesson = writingInterface({
  name: 'createLesson',
  title: '添加课次',
  description:
    '给通过开班审核的班期添加一次课，之后学员才能签到。上课日期要在班期的起止日期之内，同一班期的课次时间不能重叠，每课时不少于40分钟。同一幂等键重发，得到第一次的结果。',
  kinds: ['city', 'institution'],
  actingPerson: 'administrator',
  writes: true,
  idempotentBy: 'stored answer',
  input: v.strictObject({
    administratorIdNumber: AdministratorIdNumber,
    classId: v.pipe(ClassId, v.description('班期编号')),
    day: v.pipe(Day, v.description('上课日期，例如2026-11-24')),
    startsAt: v.pipe(TimeOfDay, v.description('上课时间，北京时间，例如08:30')),
    endsAt: v.pipe(TimeOfDay, v.description('下课时间，在同一天')),
    hours: v.pipe(WholeNumber(1, LIMITS.lessonHoursMax), v.description('课时')),
  }),
  output: v.strictObject({
    lessonId: v.pipe(v.string(), v.description('课次编号，签到时填写')),
    startsAtMs: AtMs,
    endsAtMs: AtMs,
  }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 15,
  successStatus: 200,
  errors: [
    'id_number_invalid',
    'acting_person_not_active',
    'class_not_found',
    'lesson_times_contradictory',
    'lesson_hours_contradictory',
    'class_not_approved',
    'lesson_day_out_of_range',
    'lesson_overlaps',
  ],
  rowErrors: [],
  run: async ({ input: { administratorIdNumber, classId, ...fields }, client, nowMs, request }) => {
    const [actor, trainingClass] = await Promise.all([
      findActing('training.addLesson', client, { idNumber: administratorIdNumber, nowMs }),
      classes.find(classId),
    ]);
    if (!actor.ok) return actor;
    const by = trainingClass && roleAt(actor.data, trainingClass);
    if (!trainingClass || !by) return fail('class_not_found');
    const added = await addLesson(trainingClass, fields, { by, nowMs, request });
    if (!added.ok) return added;
    const { id: lessonId, startsAtMs, endsAtMs } = added.data;
    return ok({ lessonId, startsAtMs, endsAtMs });
  },
});
