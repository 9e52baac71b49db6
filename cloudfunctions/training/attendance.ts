import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { roleAt } from '../shared/domain/scope';
import { recordAttendance } from '../shared/lessons/record-attendance';
import { toAttendanceView } from '../shared/lessons/views';
import { Cursor, LessonId, Reason, RosterEntryId, TimeOfDay, VoucherId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { attendanceAt } from '../shared/store/attendance';
import { lessons } from '../shared/store/lessons';
import { mapPage } from '../shared/views/pages';

const ByHand = {
  lessonId: LessonId,
  mark: v.picklist(['in', 'out']),
  at: v.exactOptional(TimeOfDay),
  reason: Reason,
};

export const recordByHand = operation('training.recordAttendance', {
  input: v.union([
    v.strictObject({ ...ByHand, entryId: RosterEntryId }),
    v.strictObject({ ...ByHand, voucherId: VoucherId }),
  ]),
  load: ({ lessonId }) => lessons.find(lessonId),
  // What is recorded once stands.
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }, lesson) => {
    const by = lesson && roleAt(actor, lesson);
    if (!lesson || !by) return fail('lesson_not_found');
    const { mark, at, reason } = input;
    const call = { mark, reason, by, nowMs, requestId: request.id, ...(at !== undefined && { at }) };
    const recorded = await recordAttendance(lesson, input, call);
    return recorded.ok ? ok(toAttendanceView(recorded.data)) : recorded;
  },
});

export const listAttendance = operation('training.listAttendance', {
  input: v.strictObject({ lessonId: LessonId, cursor: Cursor }),
  load: ({ lessonId, cursor }) => attendanceAt(lessonId, cursor),
  run: async ({ actor }, { lesson, page }) =>
    lesson && roleAt(actor, lesson) ? ok(mapPage(page, toAttendanceView)) : fail('lesson_not_found'),
});
