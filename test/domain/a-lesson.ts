import { timesOf, type Lesson } from '../../cloudfunctions/shared/domain/lesson';
import type { ClassId, InstitutionId, LessonId } from '../../miniprogram/contract/ids';

/** A lesson in the morning of 24 November 2026, Shandong time. */
export const aLesson = (changes: Partial<Lesson> = {}): Lesson => {
  const fields = { day: '2026-11-24', startsAt: '09:00', endsAt: '12:00', hours: 4, ...changes };
  return {
    id: 'lesson' as LessonId,
    version: 1,
    status: 'planned',
    classId: 'class' as ClassId,
    cityCode: '3701',
    institutionId: 'institution' as InstitutionId,
    issueMode: 'targeted',
    history: [],
    ...fields,
    ...timesOf(fields),
  };
};
