import type { LessonFields } from '../../../miniprogram/contract/lessons';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { StepActor } from '../domain/actor';
import { checkLessonFields, checkTimetable, LESSON_LIFE, timesOf, type Lesson } from '../domain/lesson';
import type { MoveContext } from '../domain/lifecycle';
import { placeOf } from '../domain/scope';
import type { TrainingClass } from '../domain/training-class';
import { newId } from '../runtime/new-id';
import type { RequestOfCall } from '../runtime/operation';
import { attendance } from '../store/attendance';
import { classes } from '../store/classes';
import { lessons, lessonsOn, saveLesson } from '../store/lessons';
import { issueModeOf } from './issue-mode';

/** Who plans, when, and by which request: a person's or a system's. */
interface PlanCall {
  by: StepActor;
  nowMs: number;
  request: RequestOfCall;
}

/** A class keeps changing while its vouchers are ordered and its other lessons are planned. */
const ATTEMPTS = 5;

const contextOf = ({ by, nowMs, request }: PlanCall): MoveContext => ({
  by,
  nowMs,
  requestId: request.id,
});

const hasStepOf = ({ history }: Lesson, { request }: PlanCall): boolean =>
  history.some(({ requestId }) => requestId === request.id);

/**
 * Gives a class a lesson. The class was found and is the caller's.
 * @returns lesson_times_contradictory; lesson_hours_contradictory; class_not_approved; lesson_day_out_of_range;
 * lesson_overlaps; write_conflict.
 */
export async function addLesson(
  read: TrainingClass,
  fields: LessonFields,
  call: PlanCall,
): Promise<Result<Lesson>> {
  const possible = checkLessonFields(fields);
  if (!possible.ok) return possible;
  const { id: classId, institutionId } = read;
  const lesson: Lesson = {
    id: newId(call.request),
    version: 1,
    ...LESSON_LIFE.begin('add', contextOf(call)),
    classId,
    ...placeOf(read),
    institutionId,
    issueMode: await issueModeOf(read),
    ...fields,
    ...timesOf(fields),
  };
  return save(read, { lesson, call, attempt: ATTEMPTS });
}

async function save(
  trainingClass: TrainingClass,
  order: { before?: Lesson; lesson: Lesson; call: PlanCall; attempt: number },
): Promise<Result<Lesson>> {
  const { before, lesson, call, attempt } = order;
  const sameDay = await lessonsOn(lesson.classId, lesson.day);
  const earlier = sameDay.find(each => each.id === lesson.id && hasStepOf(each, call));
  // An earlier try of this request was cut off right after it.
  if (earlier) return ok(earlier);
  const others = sameDay.filter(({ id }) => id !== lesson.id);
  const fits = checkTimetable(trainingClass, lesson, others);
  if (!fits.ok) return fits;
  if (await saveLesson(trainingClass, before, lesson)) return ok(lesson);
  const fresh = attempt > 1 ? await classes.find(trainingClass.id) : undefined;
  return fresh ? save(fresh, { ...order, attempt: attempt - 1 }) : fail('write_conflict');
}

/**
 * Changes a lesson to which nobody has signed in yet.
 * @returns lesson_removed; lesson_has_attendance; and what {@link addLesson} refuses.
 */
export async function amendLesson(
  lesson: Lesson,
  given: Partial<LessonFields>,
  call: PlanCall,
): Promise<Result<Lesson>> {
  if (hasStepOf(lesson, call)) return ok(lesson);
  const moved = await moveUnattended('amend', lesson, call);
  if (!moved.ok) return moved;
  const { day, startsAt, endsAt, hours } = { ...lesson, ...given };
  const fields = { day, startsAt, endsAt, hours };
  const possible = checkLessonFields(fields);
  if (!possible.ok) return possible;
  const trainingClass = await classes.find(lesson.classId);
  if (!trainingClass) return fail('lesson_not_found');
  const amended = { ...moved.data, ...fields, ...timesOf(fields) };
  return save(trainingClass, { before: lesson, lesson: amended, call, attempt: ATTEMPTS });
}

/** Takes a lesson off the timetable as long as nobody has signed in to it. @returns lesson_removed; lesson_has_attendance. */
export async function removeLesson(read: Lesson, call: PlanCall): Promise<Result<Lesson>> {
  let lesson: Lesson | undefined = read;
  for (let attempt = 0; lesson && attempt < ATTEMPTS; attempt++) {
    if (hasStepOf(lesson, call)) return ok(lesson);
    const moved = await moveUnattended('remove', lesson, call);
    if (!moved.ok) return moved;
    const trainingClass = await classes.find(lesson.classId);
    if (trainingClass && (await saveLesson(trainingClass, lesson, moved.data))) return moved;
    lesson = await lessons.find(lesson.id);
  }
  return fail('write_conflict');
}

/** Guards, in order: the lesson takes place · nobody has signed in to it. */
async function moveUnattended(
  command: 'amend' | 'remove',
  lesson: Lesson,
  call: PlanCall,
): Promise<Result<Lesson>> {
  const moved = LESSON_LIFE.move(command, lesson, contextOf(call));
  if (!moved.ok) return moved;
  const signedIn = await attendance.findWhere({ lessonId: lesson.id });
  if (signedIn) return fail('lesson_has_attendance');
  return ok({ ...lesson, ...moved.data, version: lesson.version + 1 });
}
