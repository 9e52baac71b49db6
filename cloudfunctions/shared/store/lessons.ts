import type { ClassId } from '../../../miniprogram/contract/ids';
import { PAGE_SIZE, type Page } from '../../../miniprogram/contract/paging';
import { TAKES_PLACE, type Lesson } from '../domain/lesson';
import type { TrainingClass } from '../domain/training-class';
import { attempt } from './attempt';
import { classes } from './classes';
import { inTransaction } from './database';
import { ReadableCollection, toPage } from './document-collection';
import { JoinedRead, joinOn } from './joined-read';
import { above, fromRecord, increasedBy, toRecord, toUpdate } from './query';
import { readInTransaction } from './transaction';

/** Lessons are read here and written by {@link saveLesson} alone. */
export const lessons = new ReadableCollection<Lesson, 'lessons'>('lessons');

/** The lessons of a class that take place on a day. */
export const lessonsOn = (classId: ClassId, day: string): Promise<Lesson[]> =>
  lessons.readAll({ classId, status: TAKES_PLACE, day });

/**
 * Writes a lesson if its class and itself are still as they were read, and raises the class's version with it: of two
 * lessons at the same hours the second is judged again.
 * @param before absent for a new one.
 * @returns false when one of the two has changed, or when an attempt whose answer was lost has written it.
 */
export const saveLesson = (
  { id: classId, version }: Pick<TrainingClass, 'id' | 'version'>,
  before: Lesson | undefined,
  lesson: Lesson,
): Promise<boolean> =>
  attempt(() =>
    inTransaction(async transaction => {
      const current = await readInTransaction(transaction, 'classes', classId);
      const stored = await readInTransaction<Lesson>(transaction, 'lessons', lesson.id);
      if (current?.version !== version || stored?.version !== before?.version) return false;
      const { _id, ...record } = toRecord(lesson);
      await transaction.collection('lessons').doc(_id).set(record);
      const raised = toUpdate({ version: increasedBy(1) });
      await transaction.collection('classes').doc(classId).update(raised);
      return true;
    }),
  );

/** A class with a page of its lessons, in the order in which they take place. No two of a class begin at the same time. */
export function lessonsOf(
  classId: ClassId,
  cursor: string | undefined,
): JoinedRead<{ trainingClass: TrainingClass | undefined; page: Page<Lesson> }> {
  const after = cursor === undefined ? {} : { startsAtMs: above(Number(cursor)) };
  const found = lessons.joinAll({ classId, status: TAKES_PLACE, ...after });
  const rows = joinOn(found, pipeline => pipeline.sort({ startsAtMs: 1 }).limit(PAGE_SIZE + 1));
  const joins = { rows, classes: classes.join({ where: { _id: classId }, limit: 1 }) };
  return new JoinedRead(joins, read => ({
    trainingClass: read.classes.map(fromRecord<TrainingClass>)[0],
    page: toPage(read.rows.map(fromRecord<Lesson>), PAGE_SIZE, ({ startsAtMs }) => String(startsAtMs)),
  }));
}
