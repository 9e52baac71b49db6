import { dayFromNow } from '../support/classes';
import { aPerson } from '../support/people';
import type { Story } from './story';

/** A running class of one person has a lesson, attendance and a certificate. */
export async function playLessons(story: Story, classId: string): Promise<void> {
  const { cloud, cast } = story;
  const { administrator } = cast;
  const fields = { day: dayFromNow(cloud, 0), startsAt: '09:00', endsAt: '12:00', hours: 4 };
  const added = { classId, ...fields };
  const { id: lessonId } = await story.done('training.addLesson', 'a lesson', added, administrator);
  const backwards = { ...added, endsAt: '08:00' };
  await story.refused('training.addLesson', 'lesson_times_contradictory', backwards, administrator);
  await story.refused('training.addLesson', 'lesson_overlaps', added, administrator);
  await story.refused(
    'training.addLesson',
    'lesson_day_out_of_range',
    { ...added, day: dayFromNow(cloud, 99) },
    administrator,
  );
  await story.done('training.amendLesson', 'its hours', { lessonId, hours: 3 }, administrator);
  await story.refused(
    'training.amendLesson',
    'lesson_hours_contradictory',
    { lessonId, hours: 9 },
    administrator,
  );
  const spare = { ...added, startsAt: '18:00', endsAt: '20:00', hours: 2 };
  const { id: spareId } = await cloud.must('training.addLesson', spare, administrator);
  await story.done('training.removeLesson', 'a lesson', { lessonId: spareId }, administrator);
  await story.refused('training.removeLesson', 'lesson_removed', { lessonId: spareId }, administrator);
  await story.done('training.listLessons', 'of a class', { classId }, administrator);
  await playAttendance(story, classId, lessonId);
  await story.refused('training.removeLesson', 'lesson_has_attendance', { lessonId }, administrator);
  await playCertificate(story, classId);
}

async function playAttendance(story: Story, classId: string, lessonId: string): Promise<void> {
  const { administrator, clerk } = story.cast;
  const { items } = await story.cloud.must('training.listRoster', { classId }, administrator);
  const input = { lessonId, entryId: items[0]?.id ?? '', reason: '手机没电' };
  const recordIn = { ...input, mark: 'in', at: '08:55' } as const;
  const recordOut = { ...input, mark: 'out' } as const;
  await story.refused('training.recordAttendance', 'attendance_not_signed_in', recordOut, administrator);
  await story.refused(
    'training.recordAttendance',
    'attendance_time_out_of_range',
    { ...recordIn, at: '07:00' },
    administrator,
  );
  await story.done('training.recordAttendance', 'who came', recordIn, administrator);
  await story.done('training.recordAttendance', 'who left', recordOut, administrator);
  const nobody = { ...recordIn, entryId: 'nobody' };
  await story.refused('training.recordAttendance', 'person_not_in_class', nobody, administrator);
  await story.done('training.listAttendance', 'of a lesson', { lessonId }, clerk);
}

async function playCertificate(story: Story, classId: string): Promise<void> {
  const { cloud, cast } = story;
  const { name: holderName, idNumber } = aPerson(0);
  const certificate = {
    classId,
    holderName,
    idNumber,
    number: 'S000037010001',
    name: '职业技能等级证书',
    occupation: '焊工',
    level: 'level_5',
    issuer: '济南市技能鉴定中心',
    issuedOn: dayFromNow(cloud, 0),
  } as const;
  const { administrator } = cast;
  await story.refused(
    'training.addCertificate',
    'certificate_day_out_of_range',
    { ...certificate, issuedOn: dayFromNow(cloud, 1) },
    administrator,
  );
  await story.done('training.addCertificate', 'of a class', certificate, administrator);
  await story.refused('training.addCertificate', 'certificate_already_exists', certificate, administrator);
  await story.done('training.listCertificates', 'of a class', { classId }, cast.clerk);
}
