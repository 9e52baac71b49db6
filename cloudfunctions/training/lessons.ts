import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { roleAt } from '../shared/domain/scope';
import { addLesson, amendLesson, removeLesson } from '../shared/lessons/plan-lesson';
import { toLessonView } from '../shared/lessons/views';
import { allOptional, ClassId, Day, LessonId, TimeOfDay, WholeNumber } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { classes } from '../shared/store/classes';
import { lessons, lessonsOf } from '../shared/store/lessons';
import { mapPage } from '../shared/views/pages';

const Fields = {
  day: Day,
  startsAt: TimeOfDay,
  endsAt: TimeOfDay,
  hours: WholeNumber(1, LIMITS.lessonHoursMax),
};
/** The beginning of the last lesson on the page before. */
const TimeCursor = v.exactOptional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.examples(['1637719200000'])));

export const addLessonOfClass = operation('training.addLesson', {
  input: v.strictObject({ classId: ClassId, ...Fields }),
  load: ({ classId }) => classes.find(classId),
  run: async ({ input: { classId: _classId, ...fields }, actor, nowMs, request }, trainingClass) => {
    const by = trainingClass && roleAt(actor, trainingClass);
    if (!trainingClass || !by) return fail('class_not_found');
    const added = await addLesson(trainingClass, fields, { by, nowMs, request });
    return added.ok ? ok(toLessonView(added.data)) : added;
  },
});

export const amendLessonOfClass = operation('training.amendLesson', {
  input: v.strictObject({ lessonId: LessonId, ...allOptional(Fields) }),
  load: ({ lessonId }) => lessons.find(lessonId),
  run: async ({ input: { lessonId: _lessonId, ...given }, actor, nowMs, request }, lesson) => {
    const by = lesson && roleAt(actor, lesson);
    if (!lesson || !by) return fail('lesson_not_found');
    const amended = await amendLesson(lesson, given, { by, nowMs, request });
    return amended.ok ? ok(toLessonView(amended.data)) : amended;
  },
});

export const removeLessonOfClass = operation('training.removeLesson', {
  input: v.strictObject({ lessonId: LessonId }),
  load: ({ lessonId }) => lessons.find(lessonId),
  repeatsFromHistory: true,
  run: async ({ input: { lessonId }, actor, nowMs, request }, lesson) => {
    const by = lesson && roleAt(actor, lesson);
    if (!lesson || !by) return fail('lesson_not_found');
    const removed = await removeLesson(lesson, { by, nowMs, request });
    return removed.ok ? ok({ lessonId }) : removed;
  },
});

export const listLessons = operation('training.listLessons', {
  input: v.strictObject({ classId: ClassId, cursor: TimeCursor }),
  load: ({ classId, cursor }) => lessonsOf(classId, cursor),
  run: async ({ actor }, { trainingClass, page }) =>
    trainingClass && roleAt(actor, trainingClass) ? ok(mapPage(page, toLessonView)) : fail('class_not_found'),
});
