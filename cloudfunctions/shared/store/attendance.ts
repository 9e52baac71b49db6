import type { LessonId } from '../../../miniprogram/contract/ids';
import type { Page } from '../../../miniprogram/contract/paging';
import type { Attendance } from '../domain/attendance';
import type { Lesson } from '../domain/lesson';
import { DocumentCollection } from './document-collection';
import { JoinedRead } from './joined-read';
import { lessons } from './lessons';
import { fromRecord } from './query';

export const attendance = new DocumentCollection<Attendance, 'attendance'>('attendance');

/** A lesson with a page of those who were at it. */
export function attendanceAt(
  lessonId: LessonId,
  cursor: string | undefined,
): JoinedRead<{ lesson: Lesson | undefined; page: Page<Attendance> }> {
  const page = attendance.joinedPage({ where: { lessonId }, cursor, order: 'asc' });
  const joins = { ...page.joins, lessons: lessons.join({ where: { _id: lessonId }, limit: 1 }) };
  return new JoinedRead(joins, found => ({
    lesson: found.lessons.map(fromRecord<Lesson>)[0],
    page: page.toResult(found),
  }));
}
