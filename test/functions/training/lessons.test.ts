import { ok } from '../../../miniprogram/contract/result';
import type { Plain } from '../../../miniprogram/contract/brand';
import type { LessonFields } from '../../../miniprogram/contract/lessons';
import { addInstitution, createCast, type Cast, type Member } from '../../support/callers';
import { aDraftClass, anApprovedClass, dayFromNow } from '../../support/classes';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

/** Ten o'clock in Shandong. */
const BEGINS_MS = Date.UTC(2027, 2, 1, 2);

let cloud: TestCloud;
let cast: Cast;
let other: Cast;
let stranger: Member;
let classId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.advanceClock(BEGINS_MS - cloud.nowMs());
  cast = await createCast(cloud, { workers: 1 });
  other = await createCast(cloud, { cityCode: '3702', workers: 0 });
  ({ administrator: stranger } = await addInstitution(cloud, cast.clerk, { number: 77, cityCode: '3701' }));
});
beforeEach(async () => {
  ({ classId } = await anApprovedClass(cloud, cast));
});
afterAll(() => cloud.stop());

const fields = (changes: Partial<LessonFields> = {}): Plain<LessonFields> => ({
  day: dayFromNow(cloud, 1),
  startsAt: '09:00',
  endsAt: '12:00',
  hours: 4,
  ...changes,
});

const add = (changes: Partial<LessonFields> = {}) =>
  cloud.must('training.addLesson', { classId, ...fields(changes) }, cast.administrator);

const listed = async () => (await cloud.must('training.listLessons', { classId }, cast.administrator)).items;

/** Somebody of the class signs in to the lesson, on its day. */
async function signIn(lessonId: string): Promise<void> {
  const { items } = await cloud.must('training.listRoster', { classId }, cast.administrator);
  const input = {
    lessonId,
    entryId: items[0]?.id ?? '',
    mark: 'in' as const,
    at: '09:00',
    reason: '忘带手机',
  };
  await cloud.must('training.recordAttendance', input, cast.administrator);
}

describe('training.addLesson', () => {
  it('gives a class that was approved a lesson', async () => {
    const lesson = await add();

    const startsAtMs = Date.parse(`${dayFromNow(cloud, 1)}T09:00:00+08:00`);
    expect(lesson).toEqual({
      id: lesson.id,
      classId,
      ...fields(),
      startsAtMs,
      endsAtMs: startsAtMs + 3 * 3_600_000,
    });
  });

  it('refuses times, hours and days that cannot be, and a lesson at the hours of another', async () => {
    await add();
    const ask = (changes: Partial<LessonFields>) =>
      cloud.ask('training.addLesson', { classId, ...fields(changes) }, cast.administrator);

    expect(await ask({ endsAt: '08:00' })).toEqual(refused('lesson_times_contradictory'));
    expect(await ask({ hours: 5 })).toEqual(refused('lesson_hours_contradictory'));
    expect(await ask({ day: dayFromNow(cloud, 11) })).toEqual(refused('lesson_day_out_of_range'));
    expect(await ask({ startsAt: '11:00', endsAt: '13:00', hours: 2 })).toEqual(refused('lesson_overlaps'));
    expect(await ask({ startsAt: '24:00' })).toEqual(refused('invalid_input'));
    expect(await ask({ day: '2026-02-30' })).toEqual(refused('invalid_input'));
    expect(await ask({ hours: 0 })).toEqual(refused('invalid_input'));
    expect(await listed()).toHaveLength(1);
  });

  it('lets one of many at the same hours through', async () => {
    const starts = ['09:00', '09:10', '09:20', '09:30'];
    const input = (startsAt: string) => ({ classId, ...fields({ startsAt, hours: 3 }) });

    const results = await Promise.all(
      starts.map(startsAt => cloud.ask('training.addLesson', input(startsAt), cast.administrator)),
    );

    expect(results.filter(result => result.ok)).toHaveLength(1);
    for (const result of results) if (!result.ok) expect(result).toEqual(refused('lesson_overlaps'));
    expect(await listed()).toHaveLength(1);
  });

  it('makes one lesson of a repeated request', async () => {
    const call = { ...cast.administrator, requestId: 'add-lesson-repeated' };
    const input = { classId, ...fields() };

    const first = await cloud.ask('training.addLesson', input, call);

    expect(await cloud.ask('training.addLesson', input, call)).toEqual(first);
    expect(await listed()).toHaveLength(1);
  });

  it('succeeds though the answer of the database is lost', async () => {
    await cloud.cloud.setDatabaseFaults({ dropAnswerNext: 1, action: 'database.commitTransaction' });
    const result = await cloud.ask('training.addLesson', { classId, ...fields() }, cast.administrator);
    await cloud.cloud.setDatabaseFaults({});

    expect(result).toMatchObject({ ok: true });
    expect(await listed()).toHaveLength(1);
  });

  it('is for the administrators of the class, once it has passed its review', async () => {
    const draft = await aDraftClass(cloud, cast);
    const ask = (caller: Member, id: string) =>
      cloud.ask('training.addLesson', { classId: id, ...fields() }, caller);

    expect(await ask(stranger, classId)).toEqual(refused('class_not_found'));
    expect(await ask(cast.administrator, 'none')).toEqual(refused('class_not_found'));
    expect(await ask(cast.clerk, classId)).toEqual(refused('role_not_allowed'));
    expect(await ask(cast.administrator, draft.classId)).toEqual(refused('class_not_approved'));
  });
});

describe('training.amendLesson', () => {
  it('moves a lesson, also within its own hours', async () => {
    const { id: lessonId } = await add();

    const moved = await cloud.must(
      'training.amendLesson',
      { lessonId, startsAt: '10:00', endsAt: '13:00' },
      cast.administrator,
    );

    expect(moved).toMatchObject({ id: lessonId, startsAt: '10:00', endsAt: '13:00', hours: 4 });
    expect(moved.endsAtMs - moved.startsAtMs).toBe(3 * 3_600_000);
    expect(await listed()).toEqual([moved]);
  });

  it('judges the whole of it anew', async () => {
    await add();
    const { id: lessonId } = await add({ startsAt: '14:00', endsAt: '16:00', hours: 2 });
    const ask = (changes: Partial<LessonFields>) =>
      cloud.ask('training.amendLesson', { lessonId, ...changes }, cast.administrator);

    expect(await ask({ startsAt: '11:00' })).toEqual(refused('lesson_overlaps'));
    expect(await ask({ endsAt: '13:00' })).toEqual(refused('lesson_times_contradictory'));
    expect(await ask({ hours: 9 })).toEqual(refused('lesson_hours_contradictory'));
    expect(await ask({ day: dayFromNow(cloud, -1) })).toEqual(refused('lesson_day_out_of_range'));
  });

  it('changes nothing once somebody has signed in, nor for a stranger', async () => {
    const { id: lessonId } = await add({ day: dayFromNow(cloud, 0) });
    const amend = (caller: Member) => cloud.ask('training.amendLesson', { lessonId, hours: 3 }, caller);
    await cloud.must('training.amendLesson', { lessonId, hours: 2 }, cast.administrator);
    expect(await amend(stranger)).toEqual(refused('lesson_not_found'));

    await signIn(lessonId);

    expect(await amend(cast.administrator)).toEqual(refused('lesson_has_attendance'));
    expect(await cloud.ask('training.removeLesson', { lessonId }, cast.administrator)).toEqual(
      refused('lesson_has_attendance'),
    );
    expect((await listed())[0]).toMatchObject({ hours: 2 });
  });
});

describe('training.removeLesson', () => {
  it('takes a lesson off the list and makes room for another', async () => {
    const { id: lessonId } = await add();
    const remove = { lessonId };
    const call = { ...cast.administrator, requestId: 'remove-lesson-1' };

    expect(await cloud.ask('training.removeLesson', remove, stranger)).toEqual(refused('lesson_not_found'));
    expect(await cloud.ask('training.removeLesson', remove, call)).toEqual(ok({ lessonId }));
    expect(await cloud.ask('training.removeLesson', remove, call)).toEqual(ok({ lessonId }));
    expect(await cloud.ask('training.removeLesson', remove, cast.administrator)).toEqual(
      refused('lesson_removed'),
    );
    expect(await cloud.ask('training.amendLesson', { lessonId, hours: 1 }, cast.administrator)).toEqual(
      refused('lesson_removed'),
    );
    expect(await listed()).toEqual([]);
    await add();
  });

  it('keeps who added and who removed it', async () => {
    const { id: lessonId } = await add();
    await cloud.must('training.removeLesson', { lessonId }, cast.administrator);

    const stored = (await cloud.documents('lessons')).find(({ _id }) => _id === lessonId);

    expect(stored).toMatchObject({
      status: 'removed',
      history: [{ command: 'add' }, { command: 'remove', by: { role: 'administrator' } }],
    });
  });
});

describe('training.listLessons', () => {
  it('names them in the order in which they take place, page by page, in one request', async () => {
    const { administrator } = cast;
    const days = Array.from({ length: 7 }, (_, at) => dayFromNow(cloud, 7 - at));
    for (const day of days)
      for (const [startsAt, endsAt] of [
        ['14:00', '15:00'],
        ['09:00', '10:00'],
        ['16:00', '17:00'],
      ] as const)
        await add({ day, startsAt, endsAt, hours: 1 });

    const { result, databaseRequests, databaseTrips } = await cloud.call(
      'training.listLessons',
      { classId },
      administrator,
    );
    if (!result.ok) throw new Error(result.error.code);
    const { items, nextCursor = '' } = result.data;
    const last = await cloud.must('training.listLessons', { classId, cursor: nextCursor }, administrator);

    expect([databaseRequests, databaseTrips]).toEqual([1, 1]);
    const begin = [...items, ...last.items].map(({ startsAtMs }) => startsAtMs);
    expect(begin).toHaveLength(21);
    expect(begin).toEqual([...begin].sort((a, b) => a - b));
    expect(last.nextCursor).toBeUndefined();
    expect(await cloud.ask('training.listLessons', { classId, cursor: 'abc' }, administrator)).toEqual(
      refused('invalid_input'),
    );
  });

  it('is for those whose class it is', async () => {
    await add();
    const ask = (caller: Member) => cloud.ask('training.listLessons', { classId }, caller);

    for (const caller of [cast.administrator, cast.clerk, cast.reviewers[0], cast.payer, cast.province])
      expect(await ask(caller)).toMatchObject({ ok: true });
    for (const caller of [stranger, other.clerk, other.administrator])
      expect(await ask(caller)).toEqual(refused('class_not_found'));
    expect(await ask(cast.workers[0] ?? stranger)).toEqual(refused('role_not_allowed'));
  });
});
